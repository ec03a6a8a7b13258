import { UserError } from 'n8n-workflow';

/** A latitude or longitude. @throws UserError beyond `most` degrees */
export function degrees(label: string, value: number, most: 90 | 180): number {
	if (Math.abs(value) <= most) return value;
	throw new UserError(`"${label}" is ${value}, but lies between -${most} and ${most}.`, {
		description: 'Enter decimal degrees with a point, for example -23.561414.',
	});
}
