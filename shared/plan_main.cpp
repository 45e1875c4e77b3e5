// plan --snapshot DIR --workbook FILE --day YYYY-MM-DD --actor LOGIN [--json]
// What a bulk move would do, from files alone. The same source is compiled natively and to WASM (under node), so that
// anyone can compare both on any file. Exit codes: 0 planned, 1 refused (the error's code on stderr), 2 wrong arguments.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include <CLI/CLI.hpp>

#include "shared/service/plan_command.hpp"

namespace {

using qudao::Error;
using qudao::Result;

Result<std::string> read_file(const std::string& path) {
    // A folder opens like a file; reading it throws past the stream natively, and gives nothing in WASM.
    std::error_code ignored;
    std::ifstream file(path, std::ios::binary);
    if (!std::filesystem::is_regular_file(path, ignored) || !file) return Error::of("plan.file").with("file", path);
    std::ostringstream bytes;
    if (file.peek() != std::ifstream::traits_type::eof()) bytes << file.rdbuf();
    if (file.bad() || bytes.fail()) return Error::of("plan.file").with("file", path);
    return std::move(bytes).str();
}

struct Arguments {
    std::string snapshot;
    std::string workbook;
    qudao::service::PlanQuestion question;
};

Result<std::string> plan(const Arguments& arguments) {
    QUDAO_TRY(units, read_file(arguments.snapshot + "/units.csv"));
    QUDAO_TRY(policy, read_file(arguments.snapshot + "/policy.json"));
    QUDAO_TRY(rights, read_file(arguments.snapshot + "/rights.json"));
    QUDAO_TRY(customers, read_file(arguments.snapshot + "/customers.csv"));
    QUDAO_TRY(workbook, read_file(arguments.workbook));
    return qudao::service::plan_from_files({units, policy, rights, customers, workbook}, arguments.question);
}

void print_error(const Error& error) {
    std::cerr << "plan: " << error.code;
    for (const auto& param : error.params) std::cerr << ' ' << param.name << '=' << param.value;
    std::cerr << '\n';
    for (const auto& field : error.fields) std::cerr << "  " << field.field << ": " << field.code << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    CLI::App app{"What a bulk move would do"};
    app.add_option("--snapshot", arguments.snapshot, "Folder written by `qudao snapshot`")->required();
    app.add_option("--workbook", arguments.workbook, "The bulk move, .xlsx or .csv")->required();
    app.add_option("--day", arguments.question.day, "Business date, yyyy-MM-dd")->required();
    app.add_option("--actor", arguments.question.actor, "Login of the person who would commit it")->required();
    app.add_flag("--json", arguments.question.json, "Print all rows and units as JSON");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error);
        return code == 0 ? 0 : 2;
    }
    const auto report = plan(arguments);
    if (!report) {
        print_error(report.error());
        return 1;
    }
    std::cout << *report;
    return std::cout.flush() ? 0 : 1;
}
