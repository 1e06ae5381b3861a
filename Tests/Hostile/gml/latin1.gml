graph [ node [ id 1 label "José" ] ]
