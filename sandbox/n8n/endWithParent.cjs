/**
 * Loaded into n8n before anything else. n8n runs in a process group of its own, so that all it
 * starts can be ended at once; should whoever started it die without a word, it ends itself.
 */
process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
process.channel?.unref();
