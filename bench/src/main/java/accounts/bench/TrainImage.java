package accounts.bench;

import accounts.bench.load.Training;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command {@code train}: makes the AOT cache of the server's image. */
@Command(
    name = "train",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Runs the server of an image for a while, and has its JVM write what it loaded and what it"
            + " ran often into an AOT cache. Exit code 0: it is there.")
final class TrainImage implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "FOLDER", description = "with the files of the image")
  Path image = Path.of("");

  @Parameters(index = "1", paramLabel = "CACHE", description = "the file to write")
  Path cache = Path.of("");

  @Mixin Logs logs = new Logs();

  @Override
  public Integer call() throws InterruptedException {
    Training.run(image, cache.toAbsolutePath(), logs.folder);
    return 0;
  }
}
