graph [ node [ id 1 w 1e400 ] ]
