package io.sluice.cli;

import io.sluice.cli.command.AuditCommand;
import io.sluice.cli.command.BillCommand;
import io.sluice.cli.command.CatalogCommand;
import io.sluice.cli.command.CompletionCommand;
import io.sluice.cli.command.FunctionCommand;
import io.sluice.cli.command.GrantCommand;
import io.sluice.cli.command.GroupCommand;
import io.sluice.cli.command.KeyCommand;
import io.sluice.cli.command.LoginCommand;
import io.sluice.cli.command.LogoutCommand;
import io.sluice.cli.command.MetastoreCommand;
import io.sluice.cli.command.ModelCommand;
import io.sluice.cli.command.ProfileCommand;
import io.sluice.cli.command.ProviderCommand;
import io.sluice.cli.command.RecipientCommand;
import io.sluice.cli.command.ReplicaCommand;
import io.sluice.cli.command.SchemaCommand;
import io.sluice.cli.command.ShardCommand;
import io.sluice.cli.command.ShareCommand;
import io.sluice.cli.command.Surroundings;
import io.sluice.cli.command.TableCommand;
import io.sluice.cli.command.TagCommand;
import io.sluice.cli.command.TokenCommand;
import io.sluice.cli.command.TourCommand;
import io.sluice.cli.command.UserCommand;
import io.sluice.cli.command.VolumeCommand;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.Exit;
import io.sluice.model.failure.Failure;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads the command line, runs one verb and turns whatever happened into an exit code. */
@Command(
        name = "sluice",
        description = "Governs the tables of a lakehouse and lets organisations exchange them across clouds.",
        versionProvider = SluiceCli.Version.class,
        footer = {
            "Example: sluice table list sales.eu",
            "The launcher also knows: dev, start, cluster, bench.",
            "Exit codes: 0 ok, 1 failure, 2 usage, 3 not found, 4 denied, 5 conflict, 6 unavailable, 7 difference found."
        })
public final class SluiceCli {
    /** In the order of the help. A class is called by the word in front of {@code Command}. */
    private static final List<Class<?>> COMMANDS = List.of(
            CatalogCommand.class,
            SchemaCommand.class,
            TableCommand.class,
            VolumeCommand.class,
            FunctionCommand.class,
            ModelCommand.class,
            TagCommand.class,
            GrantCommand.class,
            UserCommand.class,
            GroupCommand.class,
            TokenCommand.class,
            MetastoreCommand.class,
            AuditCommand.class,
            ShareCommand.class,
            RecipientCommand.class,
            ProviderCommand.class,
            ReplicaCommand.class,
            KeyCommand.class,
            BillCommand.class,
            ShardCommand.class,
            TourCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            ProfileCommand.class,
            CompletionCommand.class);

    private final Surroundings surroundings;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version and exit.")
    private boolean version;

    private SluiceCli(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public static void main(String[] args) {
        System.exit(run(Surroundings.ofThisProcess(), args));
    }

    /** Runs one command line and returns its exit code. */
    public static int run(Surroundings surroundings, String... args) {
        return line(surroundings, args.length == 0 ? "" : args[0]).execute(args);
    }

    /** The program with all of its commands, for what has to know every word. */
    public static CommandLine whole(Surroundings surroundings) {
        return line(surroundings, "");
    }

    /**
     * Reading what all commands can be told takes longer than all else at a start, so only the one that is called is
     * read. A word that is none is looked up among all, for the sake of the suggestions.
     */
    private static CommandLine line(Surroundings surroundings, String word) {
        CommandLine line = new CommandLine(new SluiceCli(surroundings));
        List<Class<?>> called = COMMANDS.stream()
                .filter(command -> command.getSimpleName().equals(classOf(word)))
                .toList();
        (called.isEmpty() ? COMMANDS : called).forEach(line::addSubcommand);
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING, help -> System.lineSeparator());
        return line.setHelpSectionMap(line.getHelpSectionMap())
                .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler((wrong, given) -> misused(surroundings, wrong))
                .setExecutionExceptionHandler((failure, parsed, result) -> failed(surroundings, failure));
    }

    private static String classOf(String word) {
        return word.isEmpty() ? "" : Character.toUpperCase(word.charAt(0)) + word.substring(1) + "Command";
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    private static int misused(Surroundings surroundings, ParameterException wrong) {
        CommandLine line = wrong.getCommandLine();
        surroundings.err().println("sluice: " + wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, line.getErr());
        surroundings.err().println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
        return Exit.USAGE.code();
    }

    private static int failed(Surroundings surroundings, Exception failure) {
        surroundings.err().println("sluice: " + failure.getMessage());
        if (failure instanceof CommandFailure known) return known.exit().code();
        // Names and privileges are checked here with the server's own words before anything is sent.
        if (failure instanceof Failure) return Exit.USAGE.code();
        failure.printStackTrace(surroundings.err());
        return Exit.FAILURE.code();
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String built = SluiceCli.class.getPackage().getImplementationVersion();
            return new String[] {"sluice " + (built == null ? "(not built as a jar)" : built)};
        }
    }
}
