package accounts.read;

import accounts.domain.EntityKey;
import accounts.service.ReadOptions;
import accounts.service.ReadResult;
import java.util.List;

/** Notifies several observers. */
public record ReadObservers(List<ReadObserver> observers) implements ReadObserver {

  @Override
  public void answered(ReadOptions options, EntityKey<?> key, ReadResult<?> result) {
    // By index: every read of the service passes here.
    for (int i = 0; i < observers.size(); i++) {
      observers.get(i).answered(options, key, result);
    }
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
