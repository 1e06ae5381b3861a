// SPDX-License-Identifier: Apache-2.0

internal import Diagrams

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

// The other side of a renderer's process, for the tests: an executable that draws one request.
exit(RenderWorker.main())
