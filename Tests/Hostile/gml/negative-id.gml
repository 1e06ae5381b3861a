graph [ node [ id -1 ] node [ id 0 ] edge [ source -1 target 0 ] ]
