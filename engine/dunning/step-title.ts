/**
 * How do people say the day of a step? Read from its key, by which reports know it also after the ladder has changed.
 * @returns a key of its own, such as "vip", stays as it is
 */
export function stepTitle(key: string): string {
	if (/^d[+-]?0u?$/i.test(key)) return 'no vencimento';
	const [, sign, digits, bankDays] = /^d([+-])(\d+)(u?)$/i.exec(key) ?? [];
	if (digits === undefined) return key;
	const count = Number(digits);
	if (sign === '+' && bankDays) return `${count}º dia útil após o vencimento`;
	const days = `${count} ${count === 1 ? 'dia' : 'dias'}${bankDays ? (count === 1 ? ' útil' : ' úteis') : ''}`;
	return `${days} ${sign === '-' ? 'antes do' : 'após o'} vencimento`;
}
