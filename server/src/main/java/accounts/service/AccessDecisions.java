package accounts.service;

import java.util.List;

/**
 * The answers to several checks, with their source and age.
 *
 * @param decisions one for each check, in their order
 * @param source the farthest of what they rest on
 * @param asOf when the oldest answer that they rest on was current, as {@link ReadResult#asOf}
 */
public record AccessDecisions(List<AccessDecision> decisions, Source source, long asOf) {}
