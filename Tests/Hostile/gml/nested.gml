graph [ node [ id 1 graphics [ x 1.5 y 2 fill [ r 1 ] ] ] ]
