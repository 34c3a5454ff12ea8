package io.registrator.ops.doctor;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/**
 * What came of looking at a host.
 *
 * @param facts what was looked at, and what it is: {@code engine} → {@code 20.10.24, API 1.41}
 * @param findings what is wrong; empty on a healthy host
 */
public record Examination(ImmutableMap<String, String> facts, ImmutableList<Finding> findings) {}
