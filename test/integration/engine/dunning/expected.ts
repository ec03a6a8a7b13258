import type { Customer } from '../../../support/town-people';

/** A customer and what reaches their phone, as a person wrote it down. */
export interface Expected extends Customer {
	/** Step, invoices when there are several, day; the time when it is not that of `at`: 'd0 A1+A2 13/11 · datas 18/11 11:00'. */
	hears: string;
	/** On the reader's clock; default 10:15. */
	at?: string;
	/** What was left to a person: first day, why, of which invoice. */
	human?: string[];
	/** Of those who hear nothing at all: why, over all days. */
	reasons?: string[];
}

/** 'd-3 10/11 · d0 A1+A2 13/11 · datas 18/11 11:00' as lines 'day time step invoices', with what the row leaves out. */
export function expectedLines({ hears, at = '10:15', owes }: Expected): string[] {
	const [only, ...others] = Object.keys(owes);
	return hears
		.split(' · ')
		.filter((entry) => entry !== '')
		.map((entry) => {
			const [step, ...rest] = entry.split(' ') as [string, ...string[]];
			const invoices = /^\d\d\//.test(rest[0]!) ? undefined : rest.shift();
			const [day, time = at] = rest;
			const isReminder = step.startsWith('d') && step !== 'datas' && step !== 'd+30';
			if (isReminder && others.length > 0 && !invoices) throw new Error(`"${entry}" does not say which invoices.`);
			return [day, time, step, ...(isReminder ? [invoices ?? only] : [])].join(' ');
		});
}
