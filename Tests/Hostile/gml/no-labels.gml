graph [ node [ id 1 ] node [ id 7 ] edge [ source 1 target 7 ] ]
