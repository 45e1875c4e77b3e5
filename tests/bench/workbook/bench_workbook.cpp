// Reading a workbook of 100,000 moves, whole and checked row by row, against inflating the same file with zlib alone. The
// files are foreign (tests/workbooks/make.py, in build/workbooks): `read` and `inflate` are LibreOffice's, which writes
// the most XML for its size; openpyxl's (texts in their cells) and SheetJS's (one table of texts) have names of their own.
// The same source natively and in WASM; tests/bench/run makes the ratios.
#include <zlib.h>

#include <array>
#include <fstream>
#include <iterator>
#include <string>

#include "shared/workbook/move_template.hpp"
#include "tests/bench/measure.hpp"

namespace {

constexpr int kPairs = 7;
constexpr std::size_t kRows = 100'000;

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

std::uint32_t little(const std::string& bytes, std::size_t at, int count) {
  std::uint32_t value = 0;
  for (int i = count; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return value;
}

// The baseline: every entry the directory names is inflated into one buffer, and that is all. No checksums, no checks.
std::uint64_t inflate_all(std::string& bytes) {
  static std::array<Bytef, 64 * 1024> buffer;
  const std::size_t end = bytes.rfind(std::string("PK\x05\x06", 4));
  std::size_t at = little(bytes, end + 16, 4);
  std::uint64_t total = 0;
  for (std::uint32_t i = little(bytes, end + 10, 2); i > 0; --i) {
    const std::uint32_t local = little(bytes, at + 42, 4);
    const std::size_t data = local + 30u + little(bytes, local + 26, 2) + little(bytes, local + 28, 2);
    z_stream stream{};
    inflateInit2(&stream, -MAX_WBITS);
    stream.next_in = reinterpret_cast<Bytef*>(bytes.data() + data);
    stream.avail_in = little(bytes, at + 20, 4);
    int code = Z_OK;
    while (little(bytes, at + 10, 2) == 8 && code == Z_OK) {
      stream.next_out = buffer.data();
      stream.avail_out = buffer.size();
      code = inflate(&stream, Z_NO_FLUSH);
    }
    total += stream.total_out;
    inflateEnd(&stream);
    at += 46u + little(bytes, at + 28, 2) + little(bytes, at + 30, 2) + little(bytes, at + 32, 2);
  }
  return total;
}

bool measure(const std::string& writer, const std::string& suffix) {
  std::string bytes = content_of(QUDAO_WORKBOOKS "/" + writer + "-100k.xlsx");
  if (bytes.empty()) {
    std::fprintf(stderr, "bench_workbook: no workbook of %s (target qudao_foreign_workbooks)\n", writer.c_str());
    return false;
  }
  std::size_t rows = 0;
  const auto read = [&] {
    const qudao::Result<qudao::workbook::MoveSheet> moves = qudao::workbook::read_moves(bytes);
    rows = moves ? moves->rows.size() : 0;
  };
  const auto inflate = [&] { qudao::bench::keep(inflate_all(bytes)); };
  qudao::bench::alternate(kPairs, ("read" + suffix).c_str(), read, ("inflate" + suffix).c_str(), inflate);
  std::fprintf(stderr, "%s: %zu bytes, %llu inflated, %zu rows\n", writer.c_str(), bytes.size(),
               static_cast<unsigned long long>(inflate_all(bytes)), rows);
  return rows == kRows;
}

}  // namespace

int main() {
  const bool libreoffice = measure("libreoffice", "");
  const bool openpyxl = measure("openpyxl", "_openpyxl");
  const bool sheetjs = measure("sheetjs", "_sheetjs");
  return libreoffice && openpyxl && sheetjs ? 0 : 1;
}
