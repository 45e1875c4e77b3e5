// qudao: the server and its upkeep on the command line.
#include <cstdlib>

#include <CLI/CLI.hpp>

#include "server/app/command.hpp"
#include "server/app/commands.hpp"

namespace {

using namespace qudao::app;

void add_db(CLI::App& command, std::string& db, bool required = true) {
    auto* option = command.add_option("--db", db, "sqlite:///absolute/path or mysql://user@host:port/name")->envname("QUDAO_DB");
    if (required) option->required();
}

void add_user_commands(CLI::App& app, UserOptions& options, int& code) {
    CLI::App* user = app.add_subcommand("user", "Accounts; passwords are read from the terminal or standard input");
    user->require_subcommand(1);
    const auto command = [&](const char* name, const char* text, int (*run)(const UserOptions&)) {
        CLI::App* sub = user->add_subcommand(name, text);
        add_db(*sub, options.db);
        sub->callback([&options, &code, run] { code = run(options); });
        return sub;
    };
    CLI::App* add = command("add", "Add a person with a role", user_add);
    add->add_option("login", options.login, "Login")->required();
    add->add_option("--name", options.name, "Name")->required();
    add->add_option("--role", options.role, "Role code, e.g. system_administrator")->required();
    add->add_option("--unit", options.unit, "Unit code at which the role is held")->required();
    add->add_option("--unit-name", options.unit_name, "In an empty database: the unit is made, as the province, with this name");
    command("password", "Set a person's password", user_password)->add_option("login", options.login, "Login")->required();
    command("deactivate", "Deactivate a person; nobody is ever deleted", user_deactivate)->add_option("login", options.login, "Login")->required();
    command("list", "List persons and their roles", user_list);
}

struct Options {
    ServeOptions serve;
    DemoOptions demo;
    UserOptions user;
    PlanOptions plan;
    FeedOptions feed;
    std::string db;
    std::string directory;
};

void add_server_commands(CLI::App& app, Options& options, int& code) {
    CLI::App* serve_command = app.add_subcommand("serve", "Serve the browser client and the REST interface");
    add_db(*serve_command, options.serve.db);
    serve_command->add_option("--port", options.serve.port, "Port; 0 takes a free one")->envname("QUDAO_PORT");
    serve_command->add_option("--bind", options.serve.bind, "Address; the open network wants nginx in front");
    serve_command->add_option("--web", options.serve.web, "Folder of the built client");
    serve_command->add_option("--threads", options.serve.threads, "Threads that run use cases")->check(CLI::Range(1, 256));
    serve_command->add_flag("--behind-proxy", options.serve.behind_proxy, "Believe X-Forwarded-For and -Proto of a proxy on this machine");
    serve_command->add_option("--job-lease", options.serve.job_lease_s, "Seconds after which another server takes a silent one's jobs")
        ->check(CLI::Range(1, 3600));
    serve_command->callback([&] { code = serve(options.serve); });

    CLI::App* migrate_command = app.add_subcommand("migrate", "Bring a database to this program's version");
    add_db(*migrate_command, options.db);
    migrate_command->callback([&] { code = migrate(options.db); });

    CLI::App* demo_command = app.add_subcommand("demo", "Fill an empty database with demonstration data, or write a sample workbook");
    add_db(*demo_command, options.demo.db, false);
    demo_command->add_option("--customers", options.demo.customers, "Customers, 12 to 2000000");
    demo_command->add_option("--seed", options.demo.seed, "The same seed gives the same data");
    demo_command->add_flag("--if-empty", options.demo.if_empty, "Do nothing when there are customers already");
    demo_command->add_option("--sample", options.demo.sample, "Write a sample .csv of moves for data of this seed and size");
    demo_command->add_option("--sample-rows", options.demo.sample_rows, "Rows of the sample")->check(CLI::Range(1, 200000));
    demo_command->add_option("--feeds", options.demo.feeds, "Write sample files of every feed, for data of this seed and size, into this folder");
    demo_command->callback([&] {
        const DemoOptions& wanted = options.demo;
        if (wanted.db.empty() && wanted.sample.empty() && wanted.feeds.empty()) throw CLI::RequiredError("--db, --sample or --feeds");
        if (wanted.sample.ends_with(".xlsx") || wanted.sample.ends_with(".xls")) throw CLI::ValidationError("--sample", "writes a .csv file");
        code = demo(wanted);
    });
}

void add_feed_commands(CLI::App& app, FeedOptions& options, int& code) {
    CLI::App* feed = app.add_subcommand("feed", "Feeds of other systems; their formats are in schema/feeds");
    feed->require_subcommand(1);
    CLI::App* import_command = feed->add_subcommand("import", "Import one file");
    import_command->add_option("kind", options.kind, "subscribers, lines, charges, arrears or orders")->required();
    import_command->add_option("file", options.file, "The file")->required();
    import_command->add_option("--rejected", options.rejected, "Where lines that were left out go; FILE.rejected otherwise");
    add_db(*import_command, options.db);
    import_command->callback([&] { code = feed_import(options); });
    CLI::App* watch_command = feed->add_subcommand("watch", "Import what is put into a folder; done/ and refused/ keep the files");
    watch_command->add_option("folder", options.file, "Files are named by their kind: subscribers-20261118.txt")->required();
    watch_command->add_flag("--once", options.once, "Look once");
    add_db(*watch_command, options.db);
    watch_command->callback([&] { code = feed_watch(options); });
    CLI::App* resume_command = feed->add_subcommand("resume", "Finish what was cut off, at once; nobody else may be importing");
    add_db(*resume_command, options.db);
    resume_command->callback([&] { code = feed_resume(options); });
}

void add_plan_commands(CLI::App& app, Options& options, int& code) {
    CLI::App* plan_command = app.add_subcommand("plan", "What a bulk move would do; changes nothing");
    auto* db = plan_command->add_option("--db", options.plan.db, "Plan on a database");
    plan_command->add_option("--snapshot", options.plan.snapshot, "Plan on files written by `qudao snapshot`")->excludes(db);
    plan_command->add_option("--workbook", options.plan.workbook, ".xlsx or .csv")->required();
    plan_command->add_option("--day", options.plan.day, "Business date, yyyy-MM-dd")->required();
    plan_command->add_option("--actor", options.plan.actor, "Login of the person who would commit it")->required();
    plan_command->add_flag("--json", options.plan.json, "Print all rows and units as JSON");
    plan_command->callback([&] {
        if (options.plan.db.empty() && options.plan.snapshot.empty()) throw CLI::RequiredError("--db or --snapshot");
        code = plan(options.plan);
    });

    CLI::App* snapshot_command = app.add_subcommand("snapshot", "Write what `plan --snapshot` reads");
    snapshot_command->add_option("directory", options.directory, "Folder")->required();
    add_db(*snapshot_command, options.db);
    snapshot_command->callback([&] { code = snapshot(options.db, options.directory); });
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Qudao, channel marketing support"};
    app.require_subcommand(1);
    Options options;
    int code = kDone;
    add_server_commands(app, options, code);
    add_user_commands(app, options.user, code);
    add_feed_commands(app, options.feed, code);
    add_plan_commands(app, options, code);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? kDone : kWrongUse;
    }
    return code;
}
