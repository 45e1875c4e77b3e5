#include "server/feeds/file_source.hpp"

namespace qudao::feeds {

Result<std::unique_ptr<FileSource>> FileSource::open(const std::filesystem::path& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    std::ifstream file(path, std::ios::binary);
    if (error || !file) return Error::of("feed.read").with("file", path.string());
    return std::unique_ptr<FileSource>(new FileSource(std::move(file), static_cast<std::int64_t>(size), path.string()));
}

Result<std::size_t> FileSource::read(char* into, std::size_t size) {
    file_.read(into, static_cast<std::streamsize>(size));
    if (file_.bad()) return Error::of("feed.read").with("file", name_);
    return static_cast<std::size_t>(file_.gcount());
}

Status FileSource::rewind() {
    file_.clear();
    file_.seekg(0);
    return file_ ? done() : Status(Error::of("feed.read").with("file", name_));
}

}  // namespace qudao::feeds
