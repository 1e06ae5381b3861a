graph [ node [ id n42 ] ]
