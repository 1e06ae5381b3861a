graph [ node [ id 1 w NAN ] ]
