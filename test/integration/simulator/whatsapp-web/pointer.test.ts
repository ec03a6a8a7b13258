import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Simulator } from '../../../../simulator/server';
import { eventually } from '../../../support/eventually';
import { startWhatsAppWeb } from '../../../support/whatsapp-web';

const ROOT = join(__dirname, '../../../..');
let simulator: Simulator;
let folder: string;

beforeAll(async () => {
	simulator = await startWhatsAppWeb();
	folder = mkdtempSync(join(tmpdir(), 'pointer-'));
});
afterAll(async () => {
	await simulator.close();
	rmSync(folder, { recursive: true });
});

describe('a process with the preload', () => {
	// An address of its own, an import or a require: whatever the program does, it must not reach WhatsApp.
	it.each([
		['require', "const { default: connect, initAuthCreds } = require('@whiskeysockets/baileys');"],
		['import', "import connect, { initAuthCreds } from '@whiskeysockets/baileys';"],
	])('comes to the simulator, however it loads Baileys (%s)', async (kind, load) => {
		const pointer = join(folder, 'whatsapp-web.json');
		writeFileSync(pointer, JSON.stringify(simulator.webPointer));
		const program = `${load}
			const keys = { get: async () => ({}), set: async () => undefined };
			const socket = connect({ auth: { creds: initAuthCreds(), keys } });
			socket.ev.on('connection.update', ({ qr }) => qr && process.send(qr));`;
		const type = kind === 'import' ? 'module' : 'commonjs';
		const child = spawn(process.execPath, [`--input-type=${type}`, '--eval', program], {
			cwd: ROOT,
			env: {
				...process.env,
				NODE_OPTIONS: `--require "${join(ROOT, 'scripts/lib/point-baileys.cjs')}"`,
				WHATSAPP_WEB_POINTER: pointer,
			},
			stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		});
		let qr: string | null = null;
		child.on('message', (text) => (qr = String(text)));
		try {
			const shown = await eventually(() => qr);
			const { unlinked } = await simulator.admin.web.state();
			expect(unlinked.flatMap(({ refs }) => refs)).toContain(shown.slice(shown.indexOf('#') + 1).split(',')[0]);
		} finally {
			child.kill('SIGKILL');
		}
	});
});
