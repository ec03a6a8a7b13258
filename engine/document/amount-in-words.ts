/** How is an amount written out (por extenso)? "R$ 1.234,50" is "mil duzentos e trinta e quatro reais e cinquenta centavos". */

const SMALL = [
	...['zero', 'um', 'dois', 'três', 'quatro', 'cinco', 'seis', 'sete', 'oito', 'nove', 'dez', 'onze', 'doze', 'treze'],
	...['quatorze', 'quinze', 'dezesseis', 'dezessete', 'dezoito', 'dezenove'],
];
const TENS = ['', '', 'vinte', 'trinta', 'quarenta', 'cinquenta', 'sessenta', 'setenta', 'oitenta', 'noventa'];
const HUNDREDS = [
	...['', 'cento', 'duzentos', 'trezentos', 'quatrocentos', 'quinhentos'],
	...['seiscentos', 'setecentos', 'oitocentos', 'novecentos'],
];
const SCALES = [
	['', ''],
	['mil', 'mil'],
	['milhão', 'milhões'],
	['bilhão', 'bilhões'],
	['trilhão', 'trilhões'],
] as const;

/** @param cents whole, from 0 on */
export function amountInWords(cents: number): string {
	const [reais, rest] = [Math.floor(cents / 100), cents % 100];
	const parts: string[] = [];
	if (reais > 0 || rest === 0) parts.push(`${numberInWords(reais)} ${currency(reais)}`);
	if (rest > 0) parts.push(`${below1000(rest)} ${rest === 1 ? 'centavo' : 'centavos'}`);
	return parts.join(' e ');
}

/** "um milhão de reais", but "um milhão e um reais". */
function currency(reais: number): string {
	if (reais === 1) return 'real';
	return reais >= 1_000_000 && reais % 1_000_000 === 0 ? 'de reais' : 'reais';
}

export function numberInWords(number: number): string {
	if (number === 0) return SMALL[0]!;
	const groups: Array<{ value: number; words: string }> = [];
	for (let scale = 0, left = number; left > 0; scale++, left = Math.floor(left / 1000)) {
		const value = left % 1000;
		if (value > 0) groups.unshift({ value, words: withScale(value, scale) });
	}
	return groups
		.map(({ value, words }, at) => {
			if (at === 0) return words;
			// The last group is joined by "e" when it is a round hundred or less than one.
			const last = at === groups.length - 1;
			return `${last && (value < 100 || value % 100 === 0) ? ' e ' : ' '}${words}`;
		})
		.join('');
}

function withScale(value: number, scale: number): string {
	const [one, many] = SCALES[scale]!;
	if (scale === 0) return below1000(value);
	if (scale === 1 && value === 1) return one;
	return `${below1000(value)} ${value === 1 ? one : many}`;
}

function below1000(value: number): string {
	if (value === 100) return 'cem';
	const [hundreds, rest] = [Math.floor(value / 100), value % 100];
	const parts = hundreds > 0 ? [HUNDREDS[hundreds]!] : [];
	if (rest > 0 && rest < 20) parts.push(SMALL[rest]!);
	if (rest >= 20) {
		parts.push(TENS[Math.floor(rest / 10)]!);
		if (rest % 10 > 0) parts.push(SMALL[rest % 10]!);
	}
	return parts.join(' e ');
}
