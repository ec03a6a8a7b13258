import { join } from 'node:path';
import { brokenRules, projectSources } from '../support/architecture';
import packageJson from '../../package.json';

const packages = { dependencies: { kysely: '1' }, peerDependencies: { 'n8n-workflow': '*' } };
const broken = (path: string, text: string) => brokenRules([{ path, text }], packages);

describe('the layout of the project', () => {
	it('is kept by every file', () => {
		expect(brokenRules(projectSources(join(__dirname, '../..')), packageJson)).toEqual([]);
	});
});

describe('the rules of the layout', () => {
	it.each([
		// Every one of these is what a hurried change might do.
		[
			'engine/ids.ts',
			"import { x } from './store/sql';",
			'must not import engine/store/sql.ts: leaves comes before store',
		],
		[
			'engine/business-hours/evaluate.ts',
			"import type { Store } from '../store/open-store';",
			'must not import engine/store/open-store.ts: business-hours comes before store',
		],
		[
			'engine/conversation/triage.ts',
			"import { enqueue } from '../outbox/enqueue';",
			'must not import engine/outbox/enqueue.ts: conversation rules comes before outbox',
		],
		[
			'engine/outbox/dispatcher.ts',
			"import { route } from '../conversation/route';",
			'must not import engine/conversation/route.ts: outbox comes before conversation',
		],
		['engine/store/sql.ts', "import '../index';", 'must not import engine/index.ts: store comes before assembly'],
		[
			'engine/store/sql.ts',
			"import type { INode } from 'n8n-workflow';",
			'must not import n8n-workflow: it runs with n8n switched off',
		],
		['engine/store/sql.ts', "const x = require('@n8n/di');", 'must not import @n8n/di: it runs with n8n switched off'],
		[
			'engine/store/sql.ts',
			"import { x } from '../../nodes/shared/desk';",
			'must not import nodes/shared/desk.ts: the engine knows no nodes',
		],
		[
			'nodes/SendMessage/SendMessage.node.ts',
			"import { x } from '../QueueRouter/rows';",
			'must not import nodes/QueueRouter/rows.ts: nodes do not import each other',
		],
		[
			'nodes/shared/desk.ts',
			"import { x } from '../QueueRouter/rows';",
			'must not import nodes/QueueRouter/rows.ts: nodes do not import each other',
		],
		[
			'nodes/shared/desk.ts',
			"import { openStore } from '../../engine/store/open-store';",
			'must not import engine/store/open-store.ts: nodes see only engine/index.ts (and types of the leaves)',
		],
		[
			'nodes/shared/desk.ts',
			"import { newId, type Clock } from '../../engine/ids';",
			'must not import engine/ids.ts: nodes see only engine/index.ts (and types of the leaves)',
		],
		[
			'nodes/shared/desk.ts',
			"type Store = import('../../engine/store/open-store').Store;",
			'must not import engine/store/open-store.ts: nodes see only engine/index.ts (and types of the leaves)',
		],
		['engine/store/sql.ts', "import { x } from '..';", 'must not import engine/index.ts: store comes before assembly'],
		[
			'credentials/A.credentials.ts',
			"import { x } from '../engine/index';",
			'must not import engine/index.ts: credentials stand alone',
		],
		[
			'nodes/A/A.node.ts',
			"import { A } from '../../credentials/A.credentials';",
			'must not import credentials/A.credentials.ts: nodes name credentials, they do not load them',
		],
		[
			'simulator/server.ts',
			"import type { Clock } from '../engine/clock';",
			'must not import engine/clock.ts: the simulator and the product do not know each other',
		],
		[
			'engine/channel/cloud-api/client.ts',
			"import { x } from '../../../simulator/world';",
			'must not import simulator/world.ts: the simulator and the product do not know each other',
		],
		[
			'engine/clock.ts',
			"import { x } from '../test/support/fake-clock';",
			'must not import test/support/fake-clock.ts: shipped code knows no tests and no scripts',
		],
		[
			'engine/outbox/claim.ts',
			"import pg from 'pg';",
			'imports pg at run time, but package.json does not list it in dependencies',
		],
		[
			'engine/outbox/claim.ts',
			"await import('pg');",
			'imports pg at run time, but package.json does not list it in dependencies',
		],
		['nodes/shared/index.ts', 'export const x = 1;', 'only engine/index.ts may be a barrel'],
		['nodes/shared/all.ts', "export * from './desk';", 'only engine/index.ts may be a barrel'],
		['engine/store/sql.ts', 'sql`select now()`', 'SQL must not ask the database for the time'],
		[
			'engine/store/sql.ts',
			'sql`insert into a values (${1}, CURRENT_TIMESTAMP)`',
			'SQL must not ask the database for the time',
		],
		['engine/store/sql.ts', 'const q = "datetime(\'now\')";', 'SQL must not ask the database for the time'],
		['engine/outbox/claim.ts', 'const at = Date.now();', 'time is an argument: only engine/clock.ts reads the clock'],
		['engine/outbox/claim.ts', 'const at = new Date();', 'time is an argument: only engine/clock.ts reads the clock'],
	])('%s may not say %j', (path, text, why) => {
		expect(broken(path, text)).toEqual([`${path}: ${why}`]);
	});

	it('finds folders that import each other in a circle', () => {
		const files = [
			{ path: 'engine/outbox/a.ts', text: "import { x } from '../inbound/b';" },
			{ path: 'engine/inbound/b.ts', text: "import { x } from '../timeline/c';" },
			{ path: 'engine/timeline/c.ts', text: "import { x } from '../outbox/a';" },
		];
		expect(brokenRules(files, packages)).toEqual(['engine: inbound → timeline → outbox → inbound is a circle']);
	});

	it.each([
		['engine/conversation/route.ts', "import { enqueue } from '../outbox/enqueue';\nimport { x } from './triage';"],
		['engine/index.ts', "export { openDesk } from './desk';\nexport type { Clock } from './clock';"],
		['engine/store/sql.ts', "import { sql } from 'kysely';\nimport { x } from 'node:fs';\nclock.now(); new Date(5);"],
		['engine/store/sql.ts', '// now() is never used\nconst x = 1;'],
		[
			'nodes/shared/desk.ts',
			"import { openDesk } from '../../engine/index';\nimport type { Contact } from '../../engine/model';",
		],
		['nodes/A/A.node.ts', "import { NodeOperationError } from 'n8n-workflow';\nimport { x } from '../shared/desk';"],
		['nodes/A/A.node.ts', "import type { Request } from 'express';"],
		['nodes/A/A.node.ts', "import { openDesk } from '../../engine';"],
		['test/unit/a.test.ts', "import { x } from '../../simulator/world';\nimport fc from 'fast-check';"],
	])('%s may say %j', (path, text) => {
		expect(broken(path, text)).toEqual([]);
	});

	it('limits a file to 400 lines', () => {
		const lines = (count: number) => 'const x = 1;\n'.repeat(count);
		expect(broken('engine/text.ts', lines(400))).toEqual([]);
		expect(broken('engine/text.ts', lines(401))).toEqual([
			'engine/text.ts: has 401 lines, 400 are the most: split it, or list it as a data table',
		]);
	});

	it('asks where a new folder of the engine belongs', () => {
		expect(broken('engine/magic/a.ts', "import { x } from '../ids';")).toEqual([
			'engine/magic/a.ts: engine/magic is a new folder: say in test/support/architecture.ts which layer it is',
		]);
	});
});
