// A feed's bytes from a file of this machine.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>

#include "shared/feed/reader.hpp"

namespace qudao::feeds {

class FileSource final : public feed::Source {
public:
    static Result<std::unique_ptr<FileSource>> open(const std::filesystem::path& path);  // feed.read {file}
    Result<std::size_t> read(char* into, std::size_t size) override;
    Status rewind() override;
    std::int64_t size_bytes() const override { return size_; }

private:
    FileSource(std::ifstream file, std::int64_t size, std::string name) : file_(std::move(file)), size_(size), name_(std::move(name)) {}
    std::ifstream file_;
    std::int64_t size_;
    std::string name_;
};

}  // namespace qudao::feeds
