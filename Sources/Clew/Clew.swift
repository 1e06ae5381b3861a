// SPDX-License-Identifier: Apache-2.0

// Whoever imports Clew has the layers below with it.
@_exported public import CaseModel
@_exported public import CaseStore
@_exported public import Diagrams
@_exported public import GraphAlgorithms
@_exported public import GraphCore
@_exported public import Interchange
@_exported public import Reports
