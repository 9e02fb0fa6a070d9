/** Readers of files: what of the data sets needs Node. */
export { committedDataFolder, findPlainOrGzip, readBytes, readCsvDataset } from './files.js';
export {
  debianFashionMnistFolder,
  fashionMnist,
  fashionMnistClassNames,
  fashionMnistTiny,
  findFashionMnist,
  readFashionMnist,
  type FashionMnistPlaces,
  type FashionMnistSplit,
} from './fashion-mnist.js';
export {
  cifar10,
  cifar10ClassNames,
  findCifar10,
  readCifar10,
  type Cifar10Places,
  type Cifar10Split,
} from './cifar10.js';
export { readNpz } from './npz-file.js';
