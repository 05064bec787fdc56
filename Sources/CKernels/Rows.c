#include "Rows.h"
#include "widest.h"

// A product is rounded before it is added: the same bits with and without fused instructions.
#pragma STDC FP_CONTRACT OFF

typedef float lanes __attribute__((vector_size(64)));
typedef float quad __attribute__((vector_size(16)));
typedef float pair __attribute__((vector_size(8)));

// How many rows ahead of its use a row is asked for.
enum { AHEAD = 12 };

// `width` vectors of 16 columns from column `start` on, over all rows: the sums stay in registers.
INLINE void add_block(const uint8_t *matrix, size_t rowBytes, size_t start, const uint32_t *rows,
                      size_t rowCount, float *sum, const int width) {
  lanes sums[8];
  const uint8_t *block = matrix + 4 * start;
  for (int k = 0; k < width; k++)
    __builtin_memcpy(&sums[k], sum + start + 16 * k, sizeof(lanes));
  for (size_t i = 0; i < rowCount; i++) {
    if (i + AHEAD < rowCount)
      ck_prefetch_range(block + rows[i + AHEAD] * rowBytes, (size_t)width * 64 + 63);
    const uint8_t *row = block + rows[i] * rowBytes;
    for (int k = 0; k < width; k++) {
      lanes values;
      __builtin_memcpy(&values, row + 64 * k, sizeof values);
      sums[k] += values;
    }
  }
  for (int k = 0; k < width; k++)
    __builtin_memcpy(sum + start + 16 * k, &sums[k], sizeof(lanes));
}

// Four columns from column `start` on, over all rows.
INLINE void add_quad(const uint8_t *matrix, size_t rowBytes, size_t start, const uint32_t *rows,
                     size_t rowCount, float *sum) {
  quad sums;
  __builtin_memcpy(&sums, sum + start, sizeof sums);
  for (size_t i = 0; i < rowCount; i++) {
    quad values;
    __builtin_memcpy(&values, matrix + 4 * start + rows[i] * rowBytes, sizeof values);
    sums += values;
  }
  __builtin_memcpy(sum + start, &sums, sizeof sums);
}

WIDEST void ck_add_rows(const uint8_t *matrix, size_t columnCount, const uint32_t *rows,
                        size_t rowCount, float *sum) {
  size_t rowBytes = 4 * columnCount, j = 0;
  for (; j + 128 <= columnCount; j += 128)
    add_block(matrix, rowBytes, j, rows, rowCount, sum, 8);
  size_t width = (columnCount - j) / 16;
  switch (width) {
  case 7: add_block(matrix, rowBytes, j, rows, rowCount, sum, 7); break;
  case 6: add_block(matrix, rowBytes, j, rows, rowCount, sum, 6); break;
  case 5: add_block(matrix, rowBytes, j, rows, rowCount, sum, 5); break;
  case 4: add_block(matrix, rowBytes, j, rows, rowCount, sum, 4); break;
  case 3: add_block(matrix, rowBytes, j, rows, rowCount, sum, 3); break;
  case 2: add_block(matrix, rowBytes, j, rows, rowCount, sum, 2); break;
  case 1: add_block(matrix, rowBytes, j, rows, rowCount, sum, 1); break;
  default: break;
  }
  for (j += 16 * width; j + 4 <= columnCount; j += 4)
    add_quad(matrix, rowBytes, j, rows, rowCount, sum);
  for (; j < columnCount; j++)
    for (size_t i = 0; i < rowCount; i++) {
      float value;
      __builtin_memcpy(&value, matrix + 4 * j + rows[i] * rowBytes, sizeof value);
      sum[j] += value;
    }
}

// Adds the parts of one row that are two columns wide.
INLINE void add_pairs(const uint8_t *codes, size_t partCount, const float *centroids, float factor,
                      float *sum) {
  for (size_t part = 0; part < partCount; part++) {
    pair values, sums;
    __builtin_memcpy(&values, centroids + 512 * part + 2 * codes[part], sizeof values);
    __builtin_memcpy(&sums, sum + 2 * part, sizeof sums);
    pair products = values * factor;
    sums += products;
    __builtin_memcpy(sum + 2 * part, &sums, sizeof sums);
  }
}

// Adds the parts of one row from part `start` on, of any width.
INLINE void add_parts(const ck_coded_matrix_t *matrix, const uint8_t *codes, size_t start,
                      float factor, float *sum) {
  for (size_t part = start; part < matrix->partCount; part++) {
    size_t column = part * matrix->partWidth;
    size_t width = part + 1 == matrix->partCount ? matrix->lastPartWidth : matrix->partWidth;
    const float *centroid = matrix->centroids + 256 * column + codes[part] * width;
    for (size_t k = 0; k < width; k++) {
      float product = factor * centroid[k];
      sum[column + k] += product;
    }
  }
}

WIDEST void ck_add_coded_rows(const ck_coded_matrix_t *matrix, const uint32_t *rows,
                              size_t rowCount, float *sum) {
  size_t pairCount = matrix->partWidth == 2 ? matrix->partCount - 1 : 0;
  for (size_t i = 0; i < rowCount; i++) {
    if (i + AHEAD < rowCount)
      ck_prefetch_range(matrix->codes + rows[i + AHEAD] * matrix->partCount,
                        matrix->partCount + 63);
    const uint8_t *codes = matrix->codes + rows[i] * matrix->partCount;
    float factor = matrix->factorCodes ? matrix->factors[matrix->factorCodes[rows[i]]] : 1;
    add_pairs(codes, pairCount, matrix->centroids, factor, sum);
    add_parts(matrix, codes, pairCount, factor, sum);
  }
}

typedef int32_t words __attribute__((vector_size(64)));

// The magnitude of the float at `place`, as bits that grow with it; NaN is above all numbers.
INLINE int32_t magnitude_bits(const uint8_t *place) {
  int32_t bits;
  __builtin_memcpy(&bits, place, sizeof bits);
  return bits & 0x7FFFFFFF;
}

WIDEST size_t ck_first_beyond(const uint8_t *floats, size_t count, uint32_t limitBits) {
  size_t done = 0;
  while (count - done >= 1024) {
    words beyond = {};
    for (size_t i = 0; i < 1024; i += 16) {
      words bits;
      __builtin_memcpy(&bits, floats + 4 * (done + i), sizeof bits);
      beyond |= (bits & 0x7FFFFFFF) > (words){} + (int32_t)limitBits;
    }
    if (__builtin_reduce_or(beyond)) break;
    done += 1024;
  }
  while (done < count && magnitude_bits(floats + 4 * done) <= (int32_t)limitBits) done++;
  return done;
}
