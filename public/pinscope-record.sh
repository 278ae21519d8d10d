#!/bin/sh
# Records what pinscope needs to tell who holds pages of a range: page_ref events with stacks of that range alone, the
# events that tell of the failure, and the dumps beside them, as one .tar.gz to open in pinscope. Linux 5.4 to 6.12.
# Changes nothing for good: its trace buffer is an instance of its own, and goes when it ends, also by Ctrl+C.
# Nothing is sent anywhere.
set -u
export LC_ALL=C

usage() {
  cat <<'END'
pinscope-record.sh: records who takes and drops references to the pages of a range (as root)

  pinscope-record.sh -t cma        [-a AREA] [-n PAGES]    asks a CMA area for pages
  pinscope-record.sh -t offline    -b BLOCK                sets a memory block offline
  pinscope-record.sh -t hugetlb    -p PFNS [-n PAGES] [-z KB]   asks for more huge pages
  pinscope-record.sh -t compaction -p PFNS                 compacts memory
  pinscope-record.sh -t wait       -p PFNS | -a AREA | -b BLOCK   waits for a failure that you cause, or that comes

  -p PFNS     pages to trace: 0x17800-0x17c00,0x17ac9 (a range ends before its second number). -t cma traces
              the whole area and -t offline the whole block when it is not given
  -a AREA     folder in /sys/kernel/debug/cma (the first one when there is no -a)
  -n PAGES    -t cma: pages to ask for (default: the longest free run); -t hugetlb: huge pages more (default 64)
  -z KB       size of the huge pages (default: the default size)
  -b BLOCK    N of /sys/devices/system/memory/memoryN
  -l SECONDS  trace for so long before the attempt (default 0): a reference that was taken before the trace began has
              no stack in it, so start what takes it meanwhile
  -d SECONDS  go on for so long after the attempt, to see who lets go (default 5)
  -w SECONDS  -t offline: give up then (default 2: each try moves all pages and fills the buffer); -t wait: wait at
              most so long (default 3600)
  -s KB       trace buffer per CPU (default 32768; less when memory is short)
  -o FILE     what to write (default pinscope-HOST-TIME.tar.gz)
  -c          only say what this kernel can record
  -h          this text
END
}

say() { printf '%s\n' "$*" >&2; [ -z "${LOG:-}" ] || printf '%s\n' "$*" >>"$LOG"; }
die() { say "pinscope-record: $*"; exit 2; }
# Signals are heard while it sleeps.
nap() { sleep "$1" & wait $!; }
is_number() { case $1 in '' | *[!0-9]*) return 1 ;; esac; [ "${#1}" -le 15 ]; }
first_of() { head -n 1 "$1" 2>/dev/null; }

# 0x17ac9, 0X17AC9 or 97001 as a decimal number; nothing else passes.
pfn_of() {
  case $1 in
    0[xX]*) digits=${1#0?}; case $digits in '' | *[!0-9a-fA-F]*) return 1 ;; esac; [ "${#digits}" -le 13 ] || return 1
      printf '%d' "0x$digits" ;;
    0) printf 0 ;;
    0* | '' | *[!0-9]*) return 1 ;;
    *) [ "${#1}" -le 15 ] && printf '%d' "$1" ;;
  esac
}

TRIGGER= PFNS= AREA= PAGES= HUGE_KB= BLOCK= LEAD=0 AFTER=5 LIMIT= BUFFER_KB=32768 OUTPUT= CHECK=
while getopts t:p:a:n:z:b:l:d:w:s:o:ch option; do
  case $option in
    t) TRIGGER=$OPTARG ;; p) PFNS=$OPTARG ;; a) AREA=$OPTARG ;; n) PAGES=$OPTARG ;; z) HUGE_KB=$OPTARG ;;
    b) BLOCK=$OPTARG ;; l) LEAD=$OPTARG ;; d) AFTER=$OPTARG ;; w) LIMIT=$OPTARG ;; s) BUFFER_KB=$OPTARG ;; o) OUTPUT=$OPTARG ;;
    c) CHECK=1 ;; h) usage; exit 0 ;; *) usage >&2; exit 2 ;;
  esac
done
shift $((OPTIND - 1))
[ $# -eq 0 ] || die "what is $1? Options only; see -h"
case $TRIGGER in
  cma | offline | hugetlb | compaction | wait) ;;
  '') [ -n "$CHECK" ] || { usage >&2; exit 2; } ;;
  *) die "-t $TRIGGER is not known; see -h" ;;
esac
for number in "$PAGES" "$HUGE_KB" "$BLOCK" "$LIMIT"; do
  [ -z "$number" ] || is_number "$number" || die "$number is not a whole number"
done
for number in "$LEAD" "$AFTER" "$BUFFER_KB"; do is_number "$number" || die "$number is not a whole number"; done
case $AREA in . | .. | */*) die "-a takes the name of a folder in /sys/kernel/debug/cma" ;; esac
[ "$(id -u)" -eq 0 ] || die 'needs root: the trace and page_owner are for root alone. Run it with sudo.'

# --- the kernel ---------------------------------------------------------------------------------------------------
DEBUG=/sys/kernel/debug
[ -d $DEBUG/tracing ] || [ -d $DEBUG/cma ] || mount -t debugfs debugfs $DEBUG 2>/dev/null
TRACING=/sys/kernel/tracing
[ -d $TRACING/events ] || mount -t tracefs tracefs $TRACING 2>/dev/null
[ -d $TRACING/events ] || TRACING=$DEBUG/tracing
[ -d $TRACING/events ] || die "no tracefs: the kernel needs CONFIG_FTRACE and CONFIG_EVENT_TRACING, and no lockdown"

has_event() { [ -d "$TRACING/events/$1" ]; }
report() { if [ "$1" = 0 ]; then say "  yes  $2"; else say "  no   $2: $3"; fi; }
check() {
  say "kernel $(uname -r) can record"
  has_event page_ref; report $? 'who takes and drops references' 'build it with CONFIG_DEBUG_PAGE_REF=y'
  [ -e $TRACING/options/stacktrace ]; report $? 'their stacks' 'build it with CONFIG_STACKTRACE=y'
  has_event page_isolation; report $? 'where isolation failed' 'build it with CONFIG_MEMORY_ISOLATION=y'
  [ -s $DEBUG/page_owner ] || head -c 1 $DEBUG/page_owner 2>/dev/null | grep -q .
  report $? 'who allocated the pages' 'CONFIG_PAGE_OWNER=y, and boot with page_owner=on'
  [ -d $DEBUG/cma ]; report $? 'CMA areas, and asking them for pages' 'CONFIG_CMA_DEBUGFS=y'
  [ -d $DEBUG/page_pinner ]; report $? 'page_pinner' 'in Android kernels alone: CONFIG_PAGE_PINNER=y, page_pinner=on'
  [ -r /proc/kpageflags ]; report $? 'flags and mappings of the pages' 'CONFIG_PROC_PAGE_MONITOR=y'
  [ "$(first_of /proc/sys/kernel/kptr_restrict)" != 2 ]; report $? 'addresses of symbols' 'kernel.kptr_restrict is 2'
}
if [ -n "$CHECK" ]; then LOG=; check; exit 0; fi

# --- the range ----------------------------------------------------------------------------------------------------
PAGE_BYTES=$(getconf PAGESIZE 2>/dev/null || awk '/KernelPageSize/ { print $2 * 1024; exit }' /proc/self/smaps)
is_number "$PAGE_BYTES" || PAGE_BYTES=4096
LOW= HIGH= FILTER=
# Adds the pages [$1, $2), and the heads of folios that may begin before: events carry the head's PFN.
add_pages() {
  [ "$1" -lt "$2" ] || die "the range $1-$2 is empty"
  [ -n "$LOW" ] && [ "$LOW" -le "$1" ] || LOW=$1
  [ -n "$HIGH" ] && [ "$HIGH" -ge "$2" ] || HIGH=$2
  if [ "$2" -eq $(($1 + 1)) ]; then add_term "$(printf 'pfn == 0x%x' "$1")"
  else add_term "$(printf '(pfn >= 0x%x && pfn < 0x%x)' "$1" "$2")"; fi
  order=1 last=$1
  while [ $order -le 9 ]; do
    head=$(($1 & ~((1 << order) - 1)))
    [ $head -eq "$last" ] || add_term "$(printf 'pfn == 0x%x' $head)"
    last=$head order=$((order + 1))
  done
}
add_term() { FILTER="${FILTER:+$FILTER || }$1"; }

CMA=
if [ "$TRIGGER" = cma ] || [ -n "$AREA" ]; then
  cut=$(printf '%.15s' "cma-$AREA") # as debugfs named areas before 5.13 or so
  for folder in "$DEBUG/cma/${AREA:-cma-}" "$DEBUG/cma/cma-$AREA" "$DEBUG"/cma/*; do
    [ -e "$folder/base_pfn" ] || continue
    case $folder in */cma/"$AREA" | */cma/cma-"$AREA" | */cma/"$cut") ;; *) [ -z "$AREA" ] || continue ;; esac
    CMA=$folder
    break
  done
  [ -n "$CMA" ] || die "no CMA area ${AREA:-at all} in $DEBUG/cma; there are: $(ls $DEBUG/cma 2>/dev/null | tr '\n' ' ')"
fi
MEMORY=/sys/devices/system/memory
if [ "$TRIGGER" = offline ] || [ -n "$BLOCK" ]; then
  [ -n "$BLOCK" ] || die "-t offline needs -b, the number of a memory block: ls $MEMORY"
  [ -e "$MEMORY/memory$BLOCK/state" ] || die "no memory block $BLOCK in $MEMORY"
fi
if [ -n "$PFNS" ]; then
  rest=$PFNS,
  while [ -n "$rest" ]; do
    part=${rest%%,*} rest=${rest#*,}
    from=$(pfn_of "${part%%-*}") || die "$part is no PFN: write 0x17ac9 or 0x17800-0x17c00"
    case $part in
      *-*) to=$(pfn_of "${part#*-}") || die "$part is no range: write 0x17800-0x17c00" ;;
      *) to=$((from + 1)) ;;
    esac
    add_pages "$from" "$to"
  done
elif [ -n "$CMA" ]; then
  from=$(first_of "$CMA/base_pfn")
  add_pages "$from" $((from + $(first_of "$CMA/count")))
elif [ -n "$BLOCK" ]; then
  bytes=$(printf '%d' "0x$(first_of $MEMORY/block_size_bytes)")
  add_pages $((BLOCK * bytes / PAGE_BYTES)) $(((BLOCK + 1) * bytes / PAGE_BYTES))
else
  die "-t $TRIGGER needs -p: without a range all pages would be traced, more events than any buffer holds"
fi
# The kernel takes less than a page of filter (event_filter_write() in kernel/trace/trace_events.c).
[ ${#FILTER} -lt 3500 ] || FILTER=$(printf 'pfn >= 0x%x && pfn < 0x%x' $((LOW & ~511)) "$HIGH")

# --- what is put back at the end ------------------------------------------------------------------------------------
NAME=pinscope-$$
INSTANCE=$TRACING/instances/$NAME
WATCH=$TRACING/instances/$NAME-watch
WATCHER= MESSAGES= HUGE= HUGE_BEFORE= CMDLINES_BEFORE= ONLINE_AS=
OUTPUT=${OUTPUT:-pinscope-$(uname -n | tr -dc 'A-Za-z0-9.-')-$(date +%Y%m%d-%H%M%S).tar.gz}
# Beside what is written: /tmp is memory on many machines.
WORK=$(mktemp -d "${TMPDIR:-$(dirname -- "$OUTPUT")}/pinscope.XXXXXX") || die 'no temporary folder could be made'
CUT= # what was not saved whole
TO=$WORK/capture
mkdir "$TO"
LOG=$WORK/.log
cleanup() {
  trap '' EXIT INT TERM HUP
  LOG=
  [ -z "$WATCHER" ] || kill "$WATCHER" 2>/dev/null
  for instance in "$INSTANCE" "$WATCH"; do
    [ -d "$instance" ] || continue
    echo 0 >"$instance/tracing_on"
    echo 0 >"$instance/events/enable"
    rmdir "$instance" 2>/dev/null || { sleep 1; rmdir "$instance" || say "could not remove $instance"; }
  done
  printf '%s\n' "$MESSAGES" | while read -r query; do [ -z "$query" ] || echo "$query -p" >$DEBUG/dynamic_debug/control; done
  [ -z "$CMDLINES_BEFORE" ] || echo "$CMDLINES_BEFORE" >$TRACING/saved_cmdlines_size
  [ -z "$HUGE_BEFORE" ] || echo "$HUGE_BEFORE" >"$HUGE"
  rm -rf "$WORK"
}
stopped() { say 'stopped; nothing was written'; exit 130; }
trap cleanup EXIT
trap stopped INT TERM HUP

# --- the trace ----------------------------------------------------------------------------------------------------
check
say "tracing $(printf '0x%x-0x%x' "$LOW" "$HIGH"), filter: $FILTER"
mkdir "$INSTANCE" || die "no trace instance could be made in $TRACING/instances"
echo 0 >"$INSTANCE/tracing_on"
available=$(sed -n 's/^MemAvailable: *\([0-9]*\).*/\1/p' /proc/meminfo)
cpus=$(grep -c '^processor' /proc/cpuinfo)
[ "${cpus:-0}" -gt 0 ] || cpus=1
if [ -n "$available" ] && [ $((BUFFER_KB * cpus)) -gt $((available / 4)) ]; then
  BUFFER_KB=$((available / 4 / cpus))
  say "memory is short: $BUFFER_KB KB of buffer per CPU"
fi
echo "$BUFFER_KB" >"$INSTANCE/buffer_size_kb" || die "no buffer of $BUFFER_KB KB per CPU; give -s less"
# Names of tasks: the kernel remembers 128 unless it is told more.
before=$(first_of $TRACING/saved_cmdlines_size)
if is_number "${before:-x}" && [ "$before" -lt 4096 ]; then
  # At most PID_MAX_DEFAULT, 4096 with CONFIG_BASE_SMALL.
  (echo 4096 >$TRACING/saved_cmdlines_size) 2>/dev/null && CMDLINES_BEFORE=$before
fi
# The option, not the stacktrace trigger: that one wrote to the top buffer before 5.18.
echo 1 >"$INSTANCE/options/stacktrace" || say 'no stacks: they cannot be recorded by this kernel'
enable() { [ ! -d "$INSTANCE/events/$1" ] || echo 1 >"$INSTANCE/events/$1/enable"; }
if has_event page_ref; then
  for event in "$INSTANCE"/events/page_ref/*/; do
    printf '%s\n' "$FILTER" >"$event/filter" || die "the kernel refused the filter for ${event%/}"
  done
  enable page_ref
else
  say 'no page_ref events: who holds the pages cannot be told, only who allocated them'
fi
for event in page_isolation cma migrate/mm_migrate_pages migrate/mm_migrate_pages_start sched/sched_process_exit \
  kmem/mm_alloc_contig_migrate_range_info; do enable "$event"; done
case $TRIGGER in compaction | hugetlb)
  for event in begin end try_to_compact_pages isolate_migratepages migratepages; do
    enable "compaction/mm_compaction_$event"
  done ;;
esac

# Messages of the kernel log that name pages, where dynamic debug has them; they go off again at the end.
CONTROL=$DEBUG/dynamic_debug/control
message() { # QUERY PATTERN
  [ -w $CONTROL ] && grep -q "$2.*=_ " $CONTROL && echo "$1 +p" >$CONTROL && MESSAGES="$MESSAGES
$1"
}
case $TRIGGER in offline | wait) message 'file mm/memory_hotplug.c' 'mm/memory_hotplug.c:' ;; esac
[ "$TRIGGER" = compaction ] || message 'func alloc_contig_dump_pages' 'alloc_contig_dump_pages'

await_failure() {
  mkdir "$WATCH" || die 'no second trace instance could be made'
  echo 64 >"$WATCH/buffer_size_kb"
  echo 0 >"$WATCH/options/stacktrace" 2>/dev/null
  for event in page_isolation/test_pages_isolated cma/cma_alloc_finish cma/cma_alloc; do
    [ ! -d "$WATCH/events/$event" ] || echo 1 >"$WATCH/events/$event/enable"
  done
  # Exit 0 on the first line that tells of a failure; the time limit ends it else.
  timeout "${LIMIT:-3600}" grep -m 1 -E 'ret=fail|errorno=-|page=(\(null\)|0+)( |$)' "$WATCH/trace_pipe" >"$WORK/.failure" &
  WATCHER=$!
  say "waiting for a failure, at most ${LIMIT:-3600} s; Ctrl+C ends the waiting"
  trap : INT
  if wait "$WATCHER"; then say "it failed: $(first_of "$WORK/.failure")"; else say 'nothing failed that was seen'; fi
  trap stopped INT
  kill "$WATCHER" 2>/dev/null
  WATCHER=
}

attempt() {
  case $TRIGGER in
    cma)
      pages=${PAGES:-$(first_of "$CMA/maxchunk")}
      if (echo "$pages" >"$CMA/alloc") 2>/dev/null; then
        say "$CMA gave $pages pages: no failure"
        echo "$pages" >"$CMA/free"
      else say "$CMA refused $pages pages"; fi ;;
    offline)
      state=$MEMORY/memory$BLOCK/state
      case $(first_of "$MEMORY/memory$BLOCK/valid_zones") in Movable*) ONLINE_AS=online_movable ;; *) ONLINE_AS=online ;; esac
      if timeout "${LIMIT:-2}" sh -c "echo offline > $state" 2>/dev/null; then
        say "memory block $BLOCK went offline: no failure; it is set $ONLINE_AS again"
        echo $ONLINE_AS >"$state"
      else say "memory block $BLOCK could not be set offline"; fi ;;
    hugetlb)
      [ -n "$HUGE_KB" ] || HUGE_KB=$(sed -n 's/^Hugepagesize: *\([0-9]*\).*/\1/p' /proc/meminfo)
      HUGE=/sys/kernel/mm/hugepages/hugepages-${HUGE_KB}kB/nr_hugepages
      [ -e "$HUGE" ] || die "no huge pages of $HUGE_KB KB"
      HUGE_BEFORE=$(first_of "$HUGE")
      wanted=$((HUGE_BEFORE + ${PAGES:-64}))
      echo "$wanted" >"$HUGE"
      say "asked for $wanted huge pages of $HUGE_KB KB, there are $(first_of "$HUGE")" ;;
    compaction) echo 1 >/proc/sys/vm/compact_memory && say 'memory was compacted' ;;
    wait) await_failure ;;
  esac
}

echo 1 >"$INSTANCE/tracing_on"
if [ "$LEAD" -gt 0 ]; then
  say "tracing: the attempt begins in $LEAD s"
  nap "$LEAD"
fi
echo "pinscope-record: $TRIGGER begins" >"$INSTANCE/trace_marker" 2>/dev/null
attempt
echo "pinscope-record: $TRIGGER is over" >"$INSTANCE/trace_marker" 2>/dev/null
nap "$AFTER"
echo 0 >"$INSTANCE/tracing_on"

# --- what is kept -------------------------------------------------------------------------------------------------
take() { # FROM NAME
  [ -r "$1" ] || return 0
  cat "$1" >"$TO/$2" || CUT="$CUT $2"
  [ -s "$TO/$2" ] || rm -f "$TO/$2"
}
take "$INSTANCE/trace" trace.txt
take "$INSTANCE/trace_clock" trace_clock
lost=0
for stats in "$INSTANCE"/per_cpu/cpu*/stats; do
  for count in $(sed -n 's/^\(overrun\|dropped events\|commit overrun\): //p' "$stats" 2>/dev/null); do
    is_number "$count" && lost=$((lost + count))
  done
done
[ "$lost" -eq 0 ] || say "$lost events were lost: give -s more than $BUFFER_KB, or -p fewer pages"

# Records whose pages lie in the range; PFNs are hex with 0x from 6.7 on, decimal before.
in_range() {
  awk -v low=$((LOW & ~1023)) -v high="$HIGH" '
    function number(text, at, sum) {
      if (substr(text, 1, 2) != "0x") return text + 0
      for (at = 3; at <= length(text); at++) sum = sum * 16 + index("0123456789abcdef", substr(text, at, 1)) - 1
      return sum
    }
    BEGIN { RS = ""; ORS = "\n\n" }
    match($0, /PFN (0x)?[0-9a-f]+/) {
      pfn = number(substr($0, RSTART + 4, RLENGTH - 4))
      if (pfn >= high) exit
      if (pfn >= low) print
    }'
}
release=$(uname -r)
major=${release%%.*} minor=${release#*.}
minor=${minor%%[!0-9]*}
if [ -e $DEBUG/page_owner ]; then
  say 'reading page_owner'
  # From 6.2 on the file can be entered at a PFN (lseek_page_owner()): the offset is the PFN.
  if [ "$major" -gt 6 ] || { [ "$major" -eq 6 ] && [ "${minor:-0}" -ge 2 ]; }; then
    dd if=$DEBUG/page_owner bs=65536 iflag=skip_bytes skip=$((LOW & ~1023)) 2>/dev/null | in_range >"$TO/page_owner.txt" || CUT="$CUT page_owner.txt"
  else
    # One record a read, which must fit: a reader with a small buffer gets ENOMEM.
    dd if=$DEBUG/page_owner bs=65536 2>/dev/null | in_range >"$TO/page_owner.txt" || CUT="$CUT page_owner.txt"
  fi
  [ -s "$TO/page_owner.txt" ] || rm -f "$TO/page_owner.txt"
fi
for file in longterm_pinner alloc_contig_failed buffer; do take "$DEBUG/page_pinner/$file" "page_pinner-$file.txt"; done

# Eight bytes a page, in pieces of 512 pages; the note tells where they begin.
from=$((LOW & ~511)) to=$(((HIGH + 511) & ~511))
if [ $((to - from)) -le 4194304 ]; then
  for file in kpageflags kpagecount kpagecgroup; do
    [ -r /proc/$file ] || continue
    dd if=/proc/$file of="$TO/$file" bs=4096 skip=$((from / 512)) count=$(((to - from) / 512)) 2>/dev/null || CUT="$CUT $file"
    [ -s "$TO/$file" ] || rm -f "$TO/$file"
  done
  [ ! -s "$TO/kpageflags" ] || printf 'start_pfn=0x%x end_pfn=0x%x\n' $from $to >"$TO/window.txt"
fi

dmesg >"$TO/dmesg.txt" || CUT="$CUT dmesg.txt"
uname -a >"$TO/uname.txt" || CUT="$CUT uname.txt"
for file in kallsyms zoneinfo pagetypeinfo buddyinfo meminfo modules cmdline iomem; do take /proc/$file $file.txt; done
for folder in $DEBUG/cma/*/; do
  [ -e "$folder/base_pfn" ] || continue
  area=cma/$(basename "$folder" | tr -dc 'A-Za-z0-9_,.@:-')
  mkdir -p "$TO/$area"
  for file in base_pfn count order_per_bit used maxchunk bitmap; do take "$folder/$file" "$area/$file"; done
done

cp "$LOG" "$TO/.record.log" || CUT="$CUT .record.log"
if ! tar -C "$TO" -czf "$OUTPUT" .; then
  rm -f "$OUTPUT"
  die "$OUTPUT could not be written"
fi
[ -z "$CUT" ] || die "wrote $OUTPUT, but these are not whole:$CUT. Is the disk full?"
say "wrote $OUTPUT, $(wc -c <"$OUTPUT") bytes: open it in pinscope, or run pinscope report $OUTPUT"
