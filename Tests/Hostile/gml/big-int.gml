graph [ node [ id 1 w 99999999999999999999 ] node [ id 2 w 1 ] ]
