graph [ node [ id 1.0 ] node [ id 1 ] edge [ source 1.0 target 1 ] ]
