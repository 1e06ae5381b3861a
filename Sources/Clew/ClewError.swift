// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import CaseStore
internal import Diagrams
internal import GraphAlgorithms
internal import GraphCore
internal import Interchange

/// An error of any layer, sorted by what its user can do about it.
public enum ClewError: Error, Sendable, CustomStringConvertible {
  /// The request does not fit the input.
  case usage(String)
  /// The data is not acceptable.
  case badData(String)
  /// The input is not there.
  case inputMissing(String)
  /// The output cannot be made.
  case cannotCreate(String)
  /// Reading or writing failed.
  case io(String)
  /// The user stopped it; nothing was changed.
  case interrupted(String)
  /// Something else failed.
  case failed(String)

  /// Sorts an error of a layer.
  public init(_ error: any Error) {
    switch error {
    case let error as ClewError: self = error
    case let error as InterchangeError: self.init(interchange: error)
    case let error as CaseStoreError: self.init(store: error)
    case CaseModelError.unknownWeight, CaseModelError.unknownPlace: self = .usage("\(error)")
    case let error as CaseModelError: self = .badData(error.description)
    case let error as DiagramError: self = .failed(error.description)
    case AnalysisError.tooMuchMemory:
      self = .failed("\(error). Give more (--memory-limit), or look at a part of the network")
    case AnalysisError.invalidOption: self = .usage("\(error)")
    case let error as AnalysisError: self = .badData(error.description)
    case let error as GraphError: self = .badData(error.description)
    default: self = .failed("\(error)")
    }
  }

  /// The exit code of a command that ends with this error.
  public var exitCode: Int32 {
    switch self {
    case .failed: 1
    case .usage: 64
    case .badData: 65
    case .inputMissing: 66
    case .cannotCreate: 73
    case .io: 74
    case .interrupted: 130
    }
  }

  public var description: String {
    switch self {
    case .usage(let text), .badData(let text), .inputMissing(let text), .cannotCreate(let text),
      .io(let text), .interrupted(let text), .failed(let text):
      text
    }
  }

  private init(interchange error: InterchangeError) {
    switch error {
    case .missing: self = .inputMissing(error.description)
    case .directory, .refused: self = .badData(error.description)
    case .forbidden, .reading: self = .io(error.description)
    case .writing: self = .cannotCreate(error.description)
    case .request: self = .usage(error.description)
    }
  }

  private init(store error: CaseStoreError) {
    switch error {
    case .cancelled: self = .interrupted(error.description)
    case .missing: self = .inputMissing(error.description)
    case .exists: self = .cannotCreate(error.description)
    case .busy, .noAccess, .database: self = .io(error.description)
    case .noBatch, .batchNotLive, .noSource, .noEntity, .noView, .badViewName, .erasureStands:
      self = .usage(error.description)
    default: self = .badData(error.description)
    }
  }
}
