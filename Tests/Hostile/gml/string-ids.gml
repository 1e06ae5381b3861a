graph [ node [ id "a" ] node [ id "b" ] edge [ source "a" target "b" ] ]
