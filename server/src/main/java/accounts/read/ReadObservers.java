package accounts.read;

import accounts.service.ReadOptions;
import accounts.service.ReadResults;
import java.util.List;

/** Notifies several observers. */
public record ReadObservers(List<ReadObserver> observers) implements ReadObserver {

  @Override
  public void answered(ReadOptions options, ReadResults results) {
    observers.forEach(observer -> observer.answered(options, results));
  }

  @Override
  public void loadStarted() {
    observers.forEach(ReadObserver::loadStarted);
  }

  @Override
  public void loadJoined() {
    observers.forEach(ReadObserver::loadJoined);
  }

  @Override
  public void loadAwaited() {
    observers.forEach(ReadObserver::loadAwaited);
  }
}
