graph [
  directed 1
  node [ id 1 label "Ann" ]
  node [ id 2 label "Bo" ]
  edge [ source 1 target 2 value 2.5 ]
]
