// The suite over HTTP: the real `qudao`, a process and a database of its own for each case.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "tests/support/mariadb.hpp"
#include "tests/use_cases/http_transport.hpp"
#include "tests/use_cases/page.hpp"

namespace qudao::test {
namespace {

// A `qudao` under way; its standard output can be read.
class Program {
public:
    explicit Program(std::vector<std::string> arguments) {
        std::array<int, 2> out{};
        REQUIRE(pipe(out.data()) == 0);
        arguments.insert(arguments.begin(), QUDAO_BINARY);
        child_ = fork();
        if (child_ == 0) {
            dup2(out[1], STDOUT_FILENO);
            std::vector<char*> argv;
            for (std::string& argument : arguments) argv.push_back(argument.data());
            argv.push_back(nullptr);
            execv(QUDAO_BINARY, argv.data());
            _exit(127);
        }
        close(out[1]);
        output_ = fdopen(out[0], "r");
    }
    ~Program() {
        if (child_ > 0) stop();
        if (output_ != nullptr) std::fclose(output_);
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    // All it says up to the line that has `mark`, or to its end.
    std::string said_until(std::string_view mark) {
        std::string text;
        for (int c = std::fgetc(output_); c != EOF; c = std::fgetc(output_)) {
            text.push_back(static_cast<char>(c));
            if (c == '\n' && text.find(mark) != std::string::npos) break;
        }
        return text;
    }
    int wait() {
        int status = 0;
        waitpid(std::exchange(child_, 0), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    }
    int stop() {
        kill(child_, SIGTERM);
        return wait();
    }

private:
    pid_t child_ = 0;
    FILE* output_ = nullptr;
};

constexpr int kSkipped = 77;

std::string empty_database() {
    std::string url = QUDAO_ON_MARIADB ? new_mariadb_url() : new_sqlite_url();
    if (url.empty()) std::_Exit(kSkipped);  // MariaDB is not installed, and says so
    return url;
}

std::string file_of(const std::string& sqlite_url) { return sqlite_url.substr(std::string("sqlite://").size()); }

void fill(const std::string& url, std::int64_t customers) {
    Program demo({"demo", "--db", url, "--customers", std::to_string(customers)});
    REQUIRE(demo.wait() == 0);
}

// A SQLite file is filled once for each size and copied.
std::string filled_database(std::int64_t customers) {
    std::string url = empty_database();
    if (QUDAO_ON_MARIADB) {
        fill(url, customers);
        return url;
    }
    static std::map<std::int64_t, std::string> templates;
    auto [it, fresh] = templates.try_emplace(customers);
    if (fresh) fill(it->second = empty_database(), customers);
    std::filesystem::copy_file(file_of(it->second), file_of(url));
    return url;
}

class HttpServer final : public Server {
public:
    explicit HttpServer(std::int64_t customers) : program_({"serve", "--db", filled_database(customers), "--port", "0"}) {
        // Lines of the rounds closed at start may stand before "Qudao: http://127.0.0.1:34567  (...)".
        const std::string greeting = program_.said_until("127.0.0.1:");
        INFO(greeting);
        const std::size_t host = greeting.find("127.0.0.1:");
        REQUIRE(host != std::string::npos);
        port_ = std::atoi(greeting.c_str() + host + 10);
    }
    ~HttpServer() override { CHECK(program_.stop() == 0); }
    std::unique_ptr<client::Transport> connect(Mailbox&) override { return std::make_unique<BlockingHttp>(port_); }
    std::int64_t patience_ms() const override { return 20; }

private:
    Program program_;
    int port_ = 0;
};

}  // namespace

std::unique_ptr<Server> new_server(std::int64_t customers) { return std::make_unique<HttpServer>(customers); }

}  // namespace qudao::test
