// The application's side of the frame loop: takes what has come back and what was asked for, hands each to the
// application in order, and has the screen drawn. It owns the two queues and nothing else. Where the state is
// and what it means is the derived class's.
#pragma once

#include <utility>

#include "client/platform/platform.hpp"
#include "client/platform/queue.hpp"

namespace qudao::client {

template <class Command, class Event>
class FrameLoop : public platform::Application {
 public:
  FrameLoop() : commands_([] { platform::wake(); }), completions_([] { platform::wake(); }) {}

  // Answers first: a command asked for on an old screen then meets the newest state. One round: what these
  // cause waits for the next turn, which pushing has already asked for.
  void process() final {
    for (Event& event : completions_.take()) handle_event(std::move(event));
    for (Command& command : commands_.take()) handle_command(std::move(command));
  }
  void draw() final { draw_screen(commands_); }

  // Callbacks of http, files and workers push here.
  [[nodiscard]] CompletionQueue<Event>& completions() { return completions_; }
  [[nodiscard]] CommandQueue<Command>& commands() { return commands_; }

 protected:
  virtual void handle_event(Event event) = 0;
  virtual void handle_command(Command command) = 0;
  virtual void draw_screen(CommandQueue<Command>& commands) = 0;

 private:
  CommandQueue<Command> commands_;
  CompletionQueue<Event> completions_;
};

}  // namespace qudao::client
