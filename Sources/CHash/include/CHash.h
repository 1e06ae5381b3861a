// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Takes whole blocks of 64 bytes into the state of a SHA-256 (FIPS 180-4, 6.2.2).
///
/// Where the processor has instructions for it they are used; the outcome is the same.
void clew_sha256_blocks(uint32_t *state, const uint8_t *bytes, size_t block_count);

/// The same without the processor's instructions, for comparison.
void clew_sha256_blocks_portable(uint32_t *state, const uint8_t *bytes, size_t block_count);
