// A Web Worker with bytes going both ways. What the bytes say is between the two ends.
//
// On the wire (postMessage) each message is {bytes: Uint8Array, file?: Blob, name?: string}: the worker
// receives one per post() and answers with the same shape. A file travels by reference, not by copy, in both
// directions: the worker reads it in slices with FileReaderSync, or builds a Blob the page can save.
// Ending a worker gives all of its memory back.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "client/platform/files.hpp"

namespace qudao::platform {

struct WorkerMessage {
  std::string bytes;
  File file;            // valid() only if the worker sent one
};

struct WorkerEvents {
  std::function<void(WorkerMessage)> on_message;           // the loop is woken afterwards
  std::function<void(std::string_view)> on_failed;         // script missing, out of memory, uncaught: it is dead
};

class Worker {
 public:
  Worker();                                                 // none started
  Worker(std::string_view script_url, WorkerEvents events); // starts at once; messages may be posted at once
  ~Worker();                                                // terminates
  Worker(Worker&&) noexcept;
  Worker& operator=(Worker&&) noexcept;
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  [[nodiscard]] bool running() const;
  void post(std::string_view bytes);
  void post(std::string_view bytes, const File& file);
  void terminate();                                         // no event comes after it

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace qudao::platform
