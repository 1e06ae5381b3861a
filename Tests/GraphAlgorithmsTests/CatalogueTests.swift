// SPDX-License-Identifier: Apache-2.0

import GraphAlgorithms
import GraphCore
import TestSupport
import Testing

@Suite struct CatalogueTests {
  @Test func `every word names one measure`() {
    let words = Catalogue.nodeMeasures.map(\.word)
    #expect(Set(words).count == words.count)
  }

  @Test(
    .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)),
    arguments: SharedData.networks)
  func `degrees agree with the reference`(_ place: SharedNetwork.Place) throws {
    let network = try SharedNetwork(place)
    let expected = try #require(network.values(["values", "degree"]))
    #expect(try Degree()(network.undirectedSimple).all.map { $0 ?? .nan } == expected)
  }
}
