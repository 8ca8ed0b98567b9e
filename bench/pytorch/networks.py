"""The networks of the benchmark; bench/nabla/networks.ts has the same."""
import torch
import torch.nn.functional as F
from torch import nn


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 128)
        self.fc2 = nn.Linear(128, 64)
        self.fc3 = nn.Linear(64, 10)

    def forward(self, x):
        x = torch.flatten(x, 1)
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc3(x)


class Cnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 5)
        self.pool = nn.MaxPool2d(2, 2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = self.pool(F.relu(self.conv2(x)))
        x = x.view(-1, 16 * 5 * 5)
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc3(x)


class BasicBlock(nn.Module):
    def __init__(self, in_planes, planes, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(in_planes, planes, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)
        if stride == 1 and in_planes == planes:
            self.shortcut = nn.Sequential()
        else:
            self.shortcut = nn.Sequential(nn.Conv2d(in_planes, planes, 1, stride=stride, bias=False), nn.BatchNorm2d(planes))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return F.relu(y + self.shortcut(x))


class ResNet18(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        blocks, planes = [], width
        for stage in range(4):
            wide = width << stage
            blocks += [BasicBlock(planes, wide, 1 if stage == 0 else 2), BasicBlock(wide, wide, 1)]
            planes = wide
        self.layers = nn.Sequential(*blocks)
        self.linear = nn.Linear(planes, 10)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        x = self.layers(x)
        x = F.avg_pool2d(x, 4)
        return self.linear(torch.flatten(x, 1))


def network(name):
    if name == 'mlp':
        return Mlp(), [1, 28, 28]
    if name == 'cnn':
        return Cnn(), [3, 32, 32]
    return ResNet18(int(name.removeprefix('resnet18-'))), [3, 32, 32]


def training_step(request):
    torch.manual_seed(0)
    net, shape = network(request['net'])
    x = torch.rand(request['batch'], *shape)
    y = torch.randint(0, 10, (request['batch'],))
    criterion = nn.CrossEntropyLoss()
    if request['optimizer'] == 'adam':
        optimizer = torch.optim.Adam(net.parameters(), lr=0.001)
    elif request['optimizer'] == 'momentum':
        optimizer = torch.optim.SGD(net.parameters(), lr=0.001, momentum=0.9)
    else:
        optimizer = torch.optim.SGD(net.parameters(), lr=0.01)

    def step():
        optimizer.zero_grad()
        loss = criterion(net(x), y)
        loss.backward()
        optimizer.step()
        return loss

    return step


def layer(request):
    shape = request['shape']
    if request['layer'] == 'conv':
        out, kernel, stride, padding = request['conv']
        return nn.Conv2d(shape[1], out, kernel, stride=stride, padding=padding)
    if request['layer'] == 'maxPool':
        return nn.MaxPool2d(2, 2)
    if request['layer'] == 'batchNorm':
        return nn.BatchNorm2d(shape[1])
    return nn.LayerNorm(shape[1:])


def layer_run(request):
    torch.manual_seed(0)
    module = layer(request)
    x = torch.rand(request['shape'])
    if not request['backward']:
        def forward():
            with torch.no_grad():
                return module(x)

        return forward, [forward().square().sum().item()]
    if request['inputGrad']:
        x.requires_grad_()
    gradient = torch.rand(module(x).shape)
    leaves = [x, *module.parameters()]

    def run():
        for p in leaves:
            p.grad = None
        module(x).backward(gradient)

    run()
    return run, [p.grad.square().sum().item() for p in leaves if p.grad is not None]
