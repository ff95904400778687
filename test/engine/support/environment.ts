import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Imported before n8n-core, which reads its folder and its log level when it is loaded.
process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'n8n-engine-'));
process.env.N8N_LOG_LEVEL = 'silent';
process.env.N8N_ENCRYPTION_KEY = 'engine-tests';

// n8n-core sweeps its SSH connections for as long as the process lives; tests need not wait for that.
const { setInterval: startInterval } = globalThis;
globalThis.setInterval = ((...parameters: Parameters<typeof startInterval>) =>
	startInterval(...parameters).unref()) as typeof startInterval;
