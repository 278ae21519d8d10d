/** Stacks as `tell` takes them, leaf first, that many stories share. A fault that allocates the page. */
export const FAULT = '__page_ref_set get_page_from_freelist do_anonymous_page handle_mm_fault'

/** A driver that takes a page by `get_user_pages_fast`. */
export const GRAB = '__page_ref_mod_unless try_get_folio get_user_pages_fast leaky_grab[leaky] vfs_ioctl'

/** `vmsplice`, which puts a page into a pipe. */
export const SPLICE = '__page_ref_mod_unless try_get_folio get_user_pages_fast iov_iter_get_pages2 __do_sys_vmsplice'
