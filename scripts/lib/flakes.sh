# shellcheck shell=bash
# Integration tests that failed and then succeeded in their second try: listed and counted at the end of a run, and an error
# when it is the same test in two runs one after the other. Sourced; the caller has sourced host.sh.

# Prints one line for each test in these reports of Failsafe: "flaky" or "steady", a tab, and the test.
outcomes() {
  (($# > 0)) || return 0
  awk '
    function attribute(name) {
      if (!match($0, " " name "=\"[^\"]*\"")) return ""
      return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
    }
    function told() { if (test != "") print (flaky ? "flaky" : "steady") "\t" test }
    /^ *<testcase / { told(); test = attribute("classname") "." attribute("name"); flaky = 0 }
    /^ *<flaky(Failure|Error) / { flaky = 1 }
    END { told() }
  ' "$@" | sort -u
}

# report_flakes KEPT REPORT...: lists the flaky tests of this run and keeps them in the file KEPT, beside those of earlier runs
# that this one did not run. False when one of them was flaky the last time too.
report_flakes() {
  local kept=$1 this now again
  shift
  this=$(outcomes "$@")
  now=$(sed -n 's/^flaky\t//p' <<<"$this" | sort -u)
  [[ -e $kept ]] || : >"$kept"
  again=$(comm -12 "$kept" <(printf '%s\n' "$now" | sed '/^$/d'))
  if [[ -z $now ]]; then
    say "Flakes: none"
  else
    say "Flakes: $(wc -l <<<"$now"), which failed and then succeeded:"
    sed 's/^/  /' <<<"$now"
  fi
  {
    printf '%s\n' "$now"
    comm -23 "$kept" <(cut -f 2 <<<"$this" | sort -u)
  } | sed '/^$/d' | sort -u >"$kept.new"
  mv -- "$kept.new" "$kept"
  [[ -z $again ]] || {
    warn "flaky in the run before too, which is an error:"
    sed 's/^/  /' <<<"$again" >&2
    return 1
  }
}
