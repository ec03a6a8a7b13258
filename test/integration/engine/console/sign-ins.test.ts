import type { Answer } from '../../../../engine/console/http';
import { consoleForTests, HOUR, MINUTE, bodyOf, cookieOf } from '../../../support/console-browser';
import { PASSWORD } from '../../../support/console-server';
import { STORES } from '../../../support/each-store';

describe.each(STORES)('how long a sign-in lasts on $name', ({ create }) => {
	const desk = consoleForTests(create);

	it('gives a new cookie every hour; the one before works for requests under way, and not for ever', async () => {
		const first = await desk.signIn();
		desk.clock.advance(HOUR + 1);
		const renewed = (await desk.get({ api: 'state' }, first)) as Answer;
		const second = { ...first, cookie: cookieOf(renewed) };
		expect(second.cookie).not.toBe(first.cookie);
		expect(bodyOf(await desk.get({ api: 'state' }, first))).toMatchObject({ signedIn: true });
		const same = (await desk.get({ api: 'state' }, second)) as Answer;
		expect(same.headers['set-cookie']).toBeUndefined();
		// The token of the page stays: nobody has to reload.
		expect(bodyOf(same).csrf).toBe(first['x-desk-csrf']);
		desk.clock.advance(3 * MINUTE);
		expect(bodyOf(await desk.get({ api: 'state' }, second))).toMatchObject({ signedIn: true });
		expect(bodyOf(await desk.get({ api: 'state' }, first))).toEqual({ signedIn: false });
	});

	it('keeps a browser that never got its new cookie', async () => {
		const first = await desk.signIn();
		desk.clock.advance(HOUR + 1);
		await desk.get({ api: 'state' }, first);
		desk.clock.advance(10 * MINUTE);
		const again = (await desk.get({ api: 'state' }, first)) as Answer;
		expect(bodyOf(again)).toMatchObject({ signedIn: true });
		expect(bodyOf(await desk.get({ api: 'state' }, { cookie: cookieOf(again) }))).toMatchObject({ signedIn: true });
	});

	it('ends after twelve hours without use, and after seven days anyway', async () => {
		const idle = await desk.signIn();
		desk.clock.advance(12 * HOUR + 1);
		expect(bodyOf(await desk.get({ api: 'state' }, idle))).toEqual({ signedIn: false });

		let { cookie } = await desk.signIn();
		for (let hours = 0; hours < 7 * 24; hours += 8) {
			const answer = (await desk.get({ api: 'state' }, { cookie })) as Answer;
			expect([hours, bodyOf(answer).signedIn]).toEqual([hours, true]);
			if (answer.headers['set-cookie']) cookie = cookieOf(answer);
			desk.clock.advance(8 * HOUR);
		}
		desk.clock.advance(1);
		expect(bodyOf(await desk.get({ api: 'state' }, { cookie }))).toEqual({ signedIn: false });
	});

	it('ends on the server when somebody signs out: a copied cookie is worth nothing', async () => {
		const [mine, theirs] = [await desk.signIn(), await desk.signIn()];
		const answer = (await desk.post('signOut', {}, mine)) as Answer;
		expect(answer.headers['set-cookie']).toContain('whatsapp_desk_console=; Path=/webhook/whatsapp-desk; Secure');
		expect(answer.headers['set-cookie']).toContain('Max-Age=0');
		expect(bodyOf(await desk.get({ api: 'state' }, mine))).toEqual({ signedIn: false });
		expect(bodyOf(await desk.get({ api: 'state' }, theirs))).toMatchObject({ signedIn: true });
	});

	it('signs everybody out when the password is changed', async () => {
		const browser = await desk.signIn();
		desk.password = 'outra senha boa';
		expect(bodyOf(await desk.get({ api: 'state' }, browser))).toEqual({ signedIn: false });
	});

	it('keeps nothing in the database that would open the pages', async () => {
		const { cookie } = await desk.signIn();
		const [id, token] = cookie.split('=')[1]!.split('.') as [string, string];
		const rows = JSON.stringify(await desk.rig.desk.store.db.selectFrom('console_sign_in').selectAll().execute());
		expect(rows).toContain(id);
		expect(rows).not.toContain(token);
		expect(rows).not.toContain(PASSWORD);
	});
});
