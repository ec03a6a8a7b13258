import {
	FIELDS,
	planLeaving,
	planSubscription,
	type Routes,
} from '../../../../../../engine/channel/cloud-api/webhook/plan';

const OURS = 'https://n8n.exemplo.com.br/webhook/desk/cloud-api';
const THEIRS = 'https://outro.exemplo.com.br/webhook';
const APP = { id: '77', name: 'Loja', override: null };

const routes = (change: Partial<Routes> = {}): Routes => ({
	app: { url: OURS, active: true, fields: FIELDS },
	apps: [APP],
	overrides: { number: null, account: null },
	appId: '77',
	...change,
});
const app = (replace = false) => ({ mode: 'app' as const, url: OURS, replace });
const number = (replace = false) => ({ mode: 'number' as const, url: OURS, replace });
const callback = (url: string, change: object = {}) => ({ url, active: true, fields: FIELDS, ...change });

describe('subscribing app and account (D-29)', () => {
	it('changes nothing when everything is in place', () => {
		expect(planSubscription(app(), routes())).toEqual({ type: 'steps', steps: [] });
	});

	it('sets the callback and subscribes the account of a new app', () => {
		expect(planSubscription(app(), routes({ app: null, apps: [] }))).toEqual({
			type: 'steps',
			steps: [{ type: 'setAppCallback', fields: FIELDS }, { type: 'subscribeAccount' }],
		});
	});

	it('subscribes the account although another app hears of it', () => {
		const plan = planSubscription(app(), routes({ apps: [{ id: '88', name: null, override: null }] }));
		expect(plan).toEqual({ type: 'steps', steps: [{ type: 'subscribeAccount' }] });
	});

	it.each([
		['is not active', { active: false }],
		['lacks a field the desk needs', { fields: ['messages', 'flows'] }],
	])('sets its own callback again when it %s, and keeps foreign fields', (_, change) => {
		const own = callback(OURS, change);
		expect(planSubscription(app(), routes({ app: own }))).toEqual({
			type: 'steps',
			steps: [{ type: 'setAppCallback', fields: [...new Set([...own.fields, ...FIELDS])] }],
		});
	});

	it('is content without the fields an app may not have', () => {
		const fields = FIELDS.filter((name) => name !== 'smb_message_echoes' && name !== 'user_preferences');
		expect(planSubscription(app(), routes({ app: callback(OURS, { fields }) }))).toMatchObject({ steps: [] });
	});

	it.each<[string, Partial<Routes>]>([
		['app', { app: callback(THEIRS) }],
		['account', { overrides: { number: null, account: THEIRS } }],
		['number', { overrides: { number: THEIRS, account: null } }],
	])("never takes over somebody else's address of the %s silently", (level, change) => {
		expect(planSubscription(app(), routes(change))).toEqual({ type: 'taken', level, url: THEIRS });
	});

	it('takes everything over when it is told to', () => {
		const taken = routes({ app: callback(THEIRS), overrides: { number: THEIRS, account: THEIRS } });
		expect(planSubscription(app(true), taken)).toMatchObject({
			steps: [{ type: 'setAppCallback' }, { type: 'clearAccountOverride' }, { type: 'clearNumberOverride' }],
		});
	});
});

describe('subscribing one number (D-29)', () => {
	it("lives beside another app's callback", () => {
		expect(planSubscription(number(), routes({ app: callback(THEIRS) }))).toEqual({
			type: 'steps',
			steps: [{ type: 'setNumberOverride' }],
		});
	});

	it('goes without an App ID, as long as some app hears of the account', () => {
		const known = { app: undefined, appId: null };
		expect(planSubscription(number(), routes(known))).toMatchObject({ steps: [{ type: 'setNumberOverride' }] });
		expect(planSubscription(number(), routes({ ...known, apps: [] }))).toMatchObject({
			steps: [{ type: 'subscribeAccount' }, { type: 'setNumberOverride' }],
		});
	});

	it('does nothing when the address is already ours', () => {
		const plan = planSubscription(number(), routes({ overrides: { number: OURS, account: THEIRS } }));
		expect(plan).toEqual({ type: 'steps', steps: [] });
	});

	it('says so when the app listens to no messages', () => {
		expect(planSubscription(number(), routes({ app: null }))).toEqual({ type: 'appHearsNothing' });
		expect(planSubscription(number(), routes({ app: callback(THEIRS, { fields: ['flows'] }) }))).toEqual({
			type: 'appHearsNothing',
		});
	});

	it("takes over somebody else's address of the number only when it is told to", () => {
		const taken = routes({ overrides: { number: THEIRS, account: null } });
		expect(planSubscription(number(), taken)).toEqual({ type: 'taken', level: 'number', url: THEIRS });
		expect(planSubscription(number(true), taken)).toMatchObject({ steps: [{ type: 'setNumberOverride' }] });
	});
});

describe('leaving', () => {
	it('takes back only what names our own address', () => {
		expect(planLeaving(OURS, routes({ overrides: { number: OURS, account: null } }))).toEqual([
			{ type: 'deleteAppCallback' },
			{ type: 'clearNumberOverride' },
		]);
		expect(planLeaving(OURS, routes({ app: callback(THEIRS), overrides: { number: THEIRS, account: OURS } }))).toEqual(
			[],
		);
		expect(planLeaving(OURS, routes({ app: undefined }))).toEqual([]);
	});
});
