graph [ node [ id 1 label "A&amp;B &#233; &unknown; &" ] ]
