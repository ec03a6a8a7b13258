// The commands of a README, run for real but for curl, which only writes down what it would have posted.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { ErpRequest } from '../../engine/erp/types';

export interface Posted {
	/** As it was typed, e.g. test/fixtures/erp/asaas-payment-received.json; null = the body was typed itself. */
	file: string | null;
	/** e.g. /webhook/erp-asaas/erp */
	path: string;
	request: ErpRequest;
}

const ARGUMENT = '\u001f';
const CALL = '\u001e';
// Octal, which every shell's printf knows.
const CURL = `#!/bin/sh\nprintf '%s\\037' "$@" >> "$CALLS"\nprintf '\\036' >> "$CALLS"\n`;

/** @param script shell commands, to be run in the folder of the project */
export function postedBy(script: string, cwd: string): Posted[] {
	const folder = mkdtempSync(join(tmpdir(), 'readme-'));
	try {
		const calls = join(folder, 'calls');
		const curl = join(folder, 'curl');
		writeFileSync(calls, '');
		writeFileSync(curl, CURL);
		chmodSync(curl, 0o755);
		const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}`, CALLS: calls };
		const { status, stderr } = spawnSync('sh', ['-eu', '-c', script], { cwd, env, encoding: 'utf8' });
		if (status !== 0 || stderr !== '') throw new Error(`The commands failed (${status}): ${stderr}\n${script}`);
		const made = readFileSync(calls, 'utf8').split(CALL).slice(0, -1);
		return made.map((call) => postOf(call.split(ARGUMENT).slice(0, -1), cwd));
	} finally {
		rmSync(folder, { recursive: true });
	}
}

function postOf(given: readonly string[], cwd: string): Posted {
	const after = (option: string) => given.flatMap((each, at) => (each === option ? [given[at + 1]!] : []));
	const url = new URL(given.find((each) => /^https?:/.test(each))!);
	const data = [...after('--data-binary'), ...after('-d')][0]!;
	const file = data.startsWith('@') ? data.slice(1) : null;
	const headers = after('-H').map((header) => {
		const [name] = header.split(':');
		return [name!.toLowerCase(), header.slice(name!.length + 1).trim()] as const;
	});
	return {
		file,
		path: url.pathname,
		request: {
			headers: Object.fromEntries(headers),
			query: Object.fromEntries(url.searchParams),
			body: file === null ? Buffer.from(data) : readFileSync(join(cwd, file)),
		},
	};
}
