# made by hand
graph [
# a node
 node [ id 1 label "a # b" ]
]
