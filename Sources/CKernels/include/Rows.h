// Sums of matrix rows: the loops of fastText models.
#ifndef CKERNELS_ROWS_H
#define CKERNELS_ROWS_H

#include <stddef.h>
#include <stdint.h>

/// Adds rows of a matrix of floats, one after the other, to the `columnCount` floats at `sum`.
/// The matrix needs no alignment; every number at `rows` is the number of one of its rows.
void ck_add_rows(const uint8_t *matrix, size_t columnCount, const uint32_t *rows, size_t rowCount,
                 float *sum);

/// A matrix whose rows are product-quantised: each `partWidth` columns are one byte, the number of one
/// of 256 centroids of that part. The last part may be narrower.
typedef struct {
  /// `partCount` bytes a row.
  const uint8_t *codes;
  /// For each part 256 centroids, each as wide as the part.
  const float *centroids;
  /// One byte a row, or NULL: the number of the factor its centroids are multiplied with.
  const uint8_t *factorCodes;
  /// 256 factors.
  const float *factors;
  size_t partCount, partWidth, lastPartWidth;
} ck_coded_matrix_t;

/// As `ck_add_rows`; the product with the factor is rounded before it is added.
void ck_add_coded_rows(const ck_coded_matrix_t *matrix, const uint32_t *rows, size_t rowCount,
                       float *sum);

/// The number of the first of `count` floats that is no number or whose magnitude has larger bits than
/// `limitBits`; `count` when all are smaller. The floats need no alignment.
size_t ck_first_beyond(const uint8_t *floats, size_t count, uint32_t limitBits);

/// Asks for the cache lines of `byteCount` bytes ahead of their use.
static inline void ck_prefetch_range(const void *address, size_t byteCount) {
  for (size_t offset = 0; offset < byteCount; offset += 64)
    __builtin_prefetch((const uint8_t *)address + offset, 0, 3);
}

#endif
