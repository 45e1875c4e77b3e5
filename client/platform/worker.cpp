#include "client/platform/worker.hpp"

#include <emscripten.h>

#include <utility>

#include "client/platform/bridge.hpp"
#include "client/platform/page.hpp"

namespace qudao::platform {

struct Worker::State {
  int id = 0;
  ~State() { end(); }
  void end() {
    if (id == 0) return;
    page().workers.erase(id);
    qd_worker_end(std::exchange(id, 0));
  }
};

Worker::Worker() = default;
Worker::Worker(std::string_view script_url, WorkerEvents events) : state_(std::make_shared<State>()) {
  state_->id = page().take_id();
  page().workers.emplace(state_->id, std::move(events));
  qd_worker_start(state_->id, script_url.data(), length_of(script_url));
}
Worker::~Worker() = default;
Worker::Worker(Worker&&) noexcept = default;
Worker& Worker::operator=(Worker&&) noexcept = default;

bool Worker::running() const { return state_ && page().workers.contains(state_->id); }
void Worker::post(std::string_view bytes) { post(bytes, File()); }
void Worker::post(std::string_view bytes, const File& file) {
  if (running()) qd_worker_post(state_->id, bytes.data(), length_of(bytes), file.browser_id());
}
void Worker::terminate() { state_.reset(); }

}  // namespace qudao::platform

using qudao::platform::page;

extern "C" {

EMSCRIPTEN_KEEPALIVE void qd_on_worker_message(int id, const char* bytes, int length, int file_id, const char* name,
                                               int name_length, double size) {
  qudao::platform::WorkerMessage message;
  message.bytes.assign(bytes, static_cast<std::size_t>(length));
  if (file_id != 0)
    message.file = qudao::platform::File::adopt(file_id, {name, static_cast<std::size_t>(name_length)},
                                                static_cast<std::int64_t>(size));
  const auto found = page().workers.find(id);
  if (found == page().workers.end() || !found->second.on_message) return;
  // A copy: the handler may end the worker, and its events with it.
  const auto handle = found->second.on_message;
  handle(std::move(message));
  qudao::platform::wake();
}

EMSCRIPTEN_KEEPALIVE void qd_on_worker_failed(int id, const char* text, int length) {
  auto node = page().workers.extract(id);
  if (node.empty()) return;
  if (node.mapped().on_failed) node.mapped().on_failed({text, static_cast<std::size_t>(length)});
  qudao::platform::wake();
}
}
