// SPDX-License-Identifier: Apache-2.0

/// A count with what it counts: `1 node`, `2 nodes`.
///
/// - Parameters:
///   - count: how many.
///   - noun: what one of them is called.
///   - plural: what several are called; nil for the noun with an s.
/// - Returns: the words.
package func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(plural ?? noun + "s")"
}
