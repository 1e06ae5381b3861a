graph [ node [ id 1 w +INF ] ]
