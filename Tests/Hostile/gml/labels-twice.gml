graph [ node [ id 1 label "Ann" ] node [ id 2 label "Ann" ] edge [ source 1 target 2 ] ]
