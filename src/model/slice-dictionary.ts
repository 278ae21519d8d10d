/**
 * Text that slices begin to be packed with, as if it stood before them: words of the formats, of slices themselves, and names of
 * kernel functions that stand in most stacks, the commonest last, because what is near costs less. It is part of the format:
 * links that were made with it are read with it, so it never changes; other words are another version of it.
 */
export const SLICE_DICTIONARY_1 = String.raw`mm_compaction_isolate_migratepages: range=(0x ~ 0x) nr_scanned= nr_taken=
mm_compaction_begin: zone_start=0x migrate_pfn=0x free_pfn=0x zone_end=0x, mode=sync
mm_migrate_pages: nr_succeeded= nr_failed= nr_thp_succeeded=0 nr_thp_failed=0 nr_thp_split=0 nr_split=0 mode=MIGRATE_SYNC reason=contig_range compaction memory_hotplug
test_pages_isolated: start_pfn=0x end_pfn=0x fin_pfn=0x ret=fail ret=success
cma_alloc_start: name=reserved count= align= request_id=
cma_alloc_busy_retry: name=reserved pfn=0x page= count= align=
cma_alloc_finish: name=reserved pfn=0x page= count= align= errorno=-16
cma_release: sched_process_exit: comm= pid= prio=120 group_dead=true
page: refcount:1 mapcount:0 mapping:0000000000000000 index:0x0 pfn:0x
flags: 0x4000(locked|referenced|uptodate|lru|active|private|node=0|zone=1)
raw: 0000000000000000 dead000000000100 dead000000000122 00000001ffffffff
page dumped because: unmovable page
page dumped because: migration failure
aops: ino: dentry name:""
page_owner tracks the page as allocated
page last allocated via order 0, migratetype Movable, gfp_mask 0xcc0(GFP_KERNEL|__GFP_NOWARN|__GFP_NORETRY), pid , tgid  (), ts , free_ts 
page_owner free stack trace missing
page last free pid  tgid  stack trace:
Page allocated via order 0, mask 0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), pid , tgid  (), ts  ns
PFN 0x type Movable Block  type CMA Flags 0x(uptodate|lru|swapbacked|node=0|zone=1)
PFN 0x type Unmovable Block  type Unmovable Flags 0x
start_pfn=0x end_pfn=0x
alloc_contig_range: [, ) PFNs busy
Linux version 6.12 (gcc) #1 SMP PREEMPT_DYNAMIC
CPU:0 [LOST  EVENTS]
##### CPU 1 buffer started ####
# tracer: nop
#
# entries-in-buffer/entries-written: /   #P:2
#
#                                _-----=> irqs-off/BH-disabled
#                               / _----=> need-resched
#                              | / _---=> hardirq/softirq
#                              || / _--=> preempt-depth
#                              ||| / _-=> migrate-disable
#                              |||| /     delay
#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION
#              | |         |   |||||     |         |
cpus=2
:     kernel_stack:         <stack trace >
{"pinscope":"slice","version":1,"about":{"kind":"range","failure":"cma:offline:compaction:hugetlb:"},"about":{"kind":"page","pfn":"0x"},"link":"/triage?v=1&f=trace.txt~&set=&failure=&pfn=0x","link":"/pfn?v=1&f=trace.txt.gz~","files":[{"name":"trace.txt","sizeBytes":,"sha256":"","lines":,"unit":"line","format":"ftrace","spans":[[],[1,12]],"text":""},{"name":"page_owner.txt","format":"page_owner"},{"name":"dmesg.txt","format":"dmesg"},{"name":"window.txt","format":"pfn_window","spans":[[1,1]]}],"redacted":[],"told":[]}          <idle>-0       [000] ..s1.     page_ref_freeze: pfn=0x flags=locked|uptodate|lru|swapbacked count=0 mapcount=0 mapping=0000000000000000 mt=1 val=2 ret=1
page_ref_unfreeze: pfn=0x flags=0x count=1 mapcount=0 mapping=(____ptrval____) mt=4 val=1
page_ref_mod_unless: pfn=0x flags= count=2 mapcount=0 mapping=0xffff888000000000 mt=1 val=1 ret=1
page_ref_set: pfn=0x flags= count=1 mapcount=0 mapping=(nil) mt=1 val=1
page_ref_mod_and_test: pfn=0x flags=referenced|uptodate|dirty|lru|active|swapbacked count=1 mapcount=1 mapping=00000000 mt=1 val=-1 ret=0
page_ref_mod_and_return: pfn=0x flags=uptodate|lru count=2 mapcount=0 mapping=00000000 mt=1 val=1 ret=2
page_ref_mod: pfn=0x flags=uptodate|dirty|lru|swapbacked count=3 mapcount=1 mapping=00000000 mt=1 val=1

 => page_cache_pipe_buf_release
 => get_user_pages_fast
 => do_set_pte
 => folio_putback_lru
 => putback_movable_pages
 => copy_user_short_string
 => clear_user_erms
 => padzero
 => internal_get_user_pages_fast
 => common_startup_64
 => cpu_startup_entry
 => default_idle
 => default_idle_call
 => do_idle
 => pv_native_safe_halt
 => __free_pages
 => __filemap_get_folio
 => folio_add_lru_vma
 => wp_page_copy
 => free_unref_page_list
 => __alloc_pages
 => __folio_alloc
 => vma_alloc_folio
 => do_anonymous_page
 => free_pcp_prepare
 => next_uptodate_page
 => folio_migrate_mapping
 => migrate_folio
 => split_page
 => alloc_contig_range
 => try_get_folio
 => gup_fast_fallback
 => lru_add_drain_per_cpu
 => __folio_alloc_noprof
 => do_fault
 => free_unref_folios
 => release_pages
 => load_elf_phdrs
 => __do_fault
 => shmem_fault
 => set_pte_range
 => __kernel_read
 => shmem_file_read_iter
 => rep_stos_alternative
 => rep_movs_alternative
 => __x64_sys_openat
 => do_sys_openat2
 => folio_alloc_mpol_noprof
 => shmem_alloc_and_add_folio
 => shmem_add_to_page_cache
 => shmem_write_end
 => filemap_get_entry
 => proc_pid_readlink
 => vfs_readlink
 => process_one_work
 => worker_thread
 => __put_user_4
 => shmem_alloc_folio
 => shmem_file_write_iter
 => unmap_page_range
 => unmap_vmas
 => folio_mark_accessed
 => trace_event_raw_event_mm_page_free_batched
 => vma_alloc_folio_noprof
 => do_vmi_align_munmap
 => do_vmi_munmap
 => vms_clear_ptes
 => vms_complete_munmap_vmas
 => follow_page_pte
 => __x64_sys_ioctl
 => copy_strings
 => elf_load
 => finish_fault
 => _copy_to_user
 => get_user_pages_remote
 => schedule_tail
 => kthread
 => ret_from_fork_asm
 => rmap_walk_anon
 => shmem_write_begin
 => copy_mm
 => shmem_get_folio_gfp
 => getname_flags
 => strncpy_from_user
 => trace_event_raw_event_mm_page_alloc
 => folio_batch_move_lru
 => __vm_munmap
 => __x64_sys_munmap
 => alloc_pages_mpol_noprof
 => free_unref_page
 => trace_event_raw_event_mm_page_free
 => __folio_migrate_mapping
 => __migrate_folio.constprop.0
 => migrate_folio_move
 => migrate_pages_sync
 => trace_event_raw_event_cma_alloc_busy_retry
 => try_grab_folio
 => copy_string_kernel
 => get_arg_page
 => __get_user_pages
 => ret_from_fork
 => trace_event_raw_event_mm_migrate_pages
 => copy_page_range
 => __do_sys_clone
 => copy_process
 => kernel_clone
 => generic_perform_write
 => __x64_sys_readlink
 => do_readlinkat
 => __folio_batch_add_and_move
 => rmap_walk_file
 => try_to_migrate
 => try_to_migrate_one
 => next_uptodate_folio
 => trace_event_raw_event_cma_alloc_finish
 => lru_add_drain_cpu
 => lru_add_drain
 => do_wp_page
 => begin_new_exec
 => load_elf_binary
 => __page_ref_freeze
 => __page_ref_unfreeze
 => x64_sys_call
 => migrate_folio_done
 => folios_put_refs
 => move_to_new_folio
 => migrate_pages_batch
 => do_user_addr_fault
 => alloc_contig_range_noprof
 => __cma_alloc
 => trace_event_raw_event_cma_alloc_start
 => prep_new_page
 => __alloc_pages_noprof
 => bprm_execve
 => isolate_migratepages_block
 => isolate_migratepages_range
 => __page_ref_set
 => __page_ref_mod_unless
 => migrate_pages
 => cma_alloc_write
 => debugfs_attr_write
 => full_proxy_write
 => simple_attr_write_xsigned.constprop.0.isra.0
 => trace_event_raw_event_test_pages_isolated
 => test_pages_isolated
 => __x64_sys_execve
 => do_execveat_common
 => __x64_sys_exit_group
 => free_pages_and_swap_cache
 => __mmput
 => __page_ref_mod
 => tlb_batch_pages_flush
 => filemap_map_pages
 => trace_event_raw_event_page_ref_mod_template
 => __page_ref_mod_and_test
 => __alloc_contig_migrate_range
 => ksys_write
 => vfs_write
 => trace_event_raw_event_page_ref_mod_and_test_template
 => do_exit
 => do_group_exit
 => exit_mmap
 => tlb_finish_mmu
 => asm_exc_page_fault
 => exc_page_fault
 => __handle_mm_fault
 => do_syscall_64
 => entry_SYSCALL_64_after_hwframe
 => get_page_from_freelist
 => handle_mm_fault
`
