#include "tests/support/mariadb.hpp"

#include <fcntl.h>
#include <mysql.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>

namespace qudao::test {
namespace {

constexpr int kNotInstalled = 77;

// Runs tests/support/mariadb (ctest starts tests in the top folder) and holds its standard input open.
class Server {
public:
    Server() {
        std::array<int, 2> in{};
        std::array<int, 2> out{};
        if (pipe2(in.data(), O_CLOEXEC) != 0 || pipe2(out.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe");
        child_ = fork();
        if (child_ == 0) {
            dup2(in[0], STDIN_FILENO);
            dup2(out[1], STDOUT_FILENO);
            // Nothing here outlives the process: durability is only waiting, and a file a table many of them.
            execl("tests/support/mariadb", "mariadb", "--innodb-file-per-table=0", "--innodb-flush-method=nosync",
                  "--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0", "--sync-frm=0", static_cast<char*>(nullptr));
            _exit(127);
        }
        close(in[0]);
        close(out[1]);
        held_ = in[1];
        FILE* lines = fdopen(out[0], "r");
        url_ = line_of(lines);
        socket_ = line_of(lines);
        std::fclose(lines);
        if (socket_.empty()) stop();
    }
    ~Server() { stop(); }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    bool running() const { return !socket_.empty(); }
    int status() const { return status_; }
    std::string url(const std::string& name) const { return "mysql://qudao@localhost/" + name + "?socket=" + socket_; }

private:
    static std::string line_of(FILE* lines) {
        std::string line;
        for (int c = std::fgetc(lines); c != EOF && c != '\n'; c = std::fgetc(lines)) line.push_back(static_cast<char>(c));
        return line;
    }
    void stop() {
        if (child_ <= 0) return;
        close(held_);
        int state = 0;
        waitpid(child_, &state, 0);
        status_ = WIFEXITED(state) ? WEXITSTATUS(state) : -1;
        child_ = -1;
    }

    pid_t child_ = -1;
    int held_ = -1;
    int status_ = 0;
    std::string url_;
    std::string socket_;
};

class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "qudao-test.XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
        path_ = name;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string file(int number) const { return (path_ / ("test" + std::to_string(number) + ".db")).string(); }

private:
    std::filesystem::path path_;
};

std::string run_mariadb(const std::string& url, const std::string& statements) {
    const std::size_t name = url.find('/', 8) + 1;
    const std::size_t options = url.find("?socket=");
    const std::unique_ptr<MYSQL, decltype(&mysql_close)> connection(mysql_init(nullptr), &mysql_close);
    if (mysql_real_connect(connection.get(), nullptr, "qudao", nullptr, url.substr(name, options - name).c_str(), 0,
                           url.substr(options + 8).c_str(), CLIENT_MULTI_STATEMENTS) == nullptr ||
        mysql_query(connection.get(), "set names utf8mb4") != 0 || mysql_query(connection.get(), statements.c_str()) != 0)
        throw std::runtime_error(mysql_error(connection.get()));
    std::string out;
    for (int more = 0; more == 0; more = mysql_next_result(connection.get())) {
        MYSQL_RES* rows = mysql_store_result(connection.get());
        out.clear();
        if (rows == nullptr) continue;
        while (MYSQL_ROW row = mysql_fetch_row(rows)) {
            for (unsigned i = 0; i < mysql_num_fields(rows); ++i)
                out.append(i == 0 ? "" : "|").append(row[i] == nullptr ? "" : std::string(row[i], mysql_fetch_lengths(rows)[i]));
            out.push_back('\n');
        }
        mysql_free_result(rows);
    }
    if (mysql_errno(connection.get()) != 0) throw std::runtime_error(mysql_error(connection.get()));
    return out;
}

std::string run_sqlite(const std::string& url, const std::string& statements) {
    sqlite3* raw = nullptr;
    sqlite3_open(url.substr(9).c_str(), &raw);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> connection(raw, &sqlite3_close);
    sqlite3_busy_timeout(raw, 10000);
    std::string out;
    const auto each = [](void* to, int columns, char** values, char**) {
        auto& text = *static_cast<std::string*>(to);
        for (int i = 0; i < columns; ++i) text.append(i == 0 ? "" : "|").append(values[i] == nullptr ? "" : values[i]);
        text.push_back('\n');
        return 0;
    };
    if (sqlite3_exec(raw, statements.c_str(), each, &out, nullptr) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(raw));
    return out;
}

}  // namespace

std::string new_mariadb_url() {
    static Server server;
    if (!server.running()) {
        const char* ci = std::getenv("CI");
        if (server.status() == kNotInstalled && (ci == nullptr || std::string(ci) != "true")) return {};
        std::fputs("the private MariaDB did not start\n", stderr);
        std::_Exit(1);
    }
    static std::atomic<int> number = 0;
    const std::string name = "qudao_" + std::to_string(++number);
    run_mariadb(server.url("qudao"), "create database " + name);
    return server.url(name);
}

std::string new_sqlite_url() {
    static Folder folder;
    static std::atomic<int> number = 0;
    return "sqlite://" + folder.file(++number);
}

std::string run_sql(const std::string& url, const std::string& statements) {
    return url.starts_with("sqlite:") ? run_sqlite(url, statements) : run_mariadb(url, statements);
}

}  // namespace qudao::test
